// Makes the DATA_DIR that is named, with an empty, migrated embedded database: a process of its own, because the
// one that runs the global setup cannot start TypeScript threads.
import { startEmbedded } from '../../src/database/embedded/index.ts';
import { migrate } from '../../src/database/migrate.ts';

const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new Error('Name the directory');
const { close, ...address } = await startEmbedded(dataDir);
await migrate(address);
await close();
