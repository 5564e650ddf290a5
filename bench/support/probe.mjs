// Loaded into the program before its own code: says what the process uses whenever it is asked to, down the
// connection to BENCH_PROBE, and keeps nothing alive.
import { connect } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const port = Number(process.env.BENCH_PROBE);
if (isMainThread && port > 0) {
  const socket = connect(port, '127.0.0.1');
  socket.unref();
  socket.on('error', () => socket.destroy());
  socket.on('data', () => {
    const { user, system } = process.cpuUsage();
    const peak = process.resourceUsage().maxRSS * 1024;
    const uses = { cpu: (user + system) / 1_000, peak, ...process.memoryUsage() };
    socket.write(`${JSON.stringify(uses)}\n`);
  });
}
