// A process of its own that sends campaigns until it is killed: node child.ts, told by the environment.
// It writes "ready", and each message as it is posted and edited, one JSON string a line.
import pino from 'pino';
import { openDatabase } from '../../../src/database/database.ts';
import { openHouse } from './house.ts';

const {
  DATABASE_URL: url,
  DATA_DIR: dataDir = '',
  SMTP_URL: smtpUrl = '',
  MAIL_FROM: from = '',
} = process.env;
const say = (line: string) => process.stdout.write(`${line}\n`);
const database = await openDatabase({ url, dataDir, log: pino({ level: 'silent' }) });
const house = openHouse({ database, smtpUrl, from, onShown: (text) => say(JSON.stringify(text)) });
await house.start({ beat: 500, stale: 4_000, dead: 5_000 });
say('ready');
