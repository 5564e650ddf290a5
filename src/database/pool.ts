import pg from 'pg';

/**
 * A pool of connections that survives the loss of any of them: a connection that the server ends while nobody uses
 * it is replaced by a new one; one that is in use fails its query.
 */
export function openPool(config: pg.PoolConfig, onLost: (error: Error) => void = () => {}): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', onLost);
  // One in use fails its query, which says enough.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
