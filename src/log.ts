import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * What stands before an @, whatever follows: where an address ends, another may begin at once. It is looked for from the
 * beginnings of words alone: from anywhere, a long word would take for ever.
 */
const local = /(?<![^\s@<>"`(),:;=])[^\s@<>"`(),:;=]+@/g;
const token = /[A-Za-z0-9_-]{40,}|xox[a-z]-[\w-]+|xapp-[\w-]+/g;

/** Masks what may stand in no program log (A5): addresses to `…@domain`, tokens and links' secrets to `[secret]`. */
export function redact(text: string): string {
  return text.replace(token, '[secret]').replace(local, '…@');
}

/**
 * The program's log: one JSON object a line on standard output.
 * Whatever it is given, addresses are masked and secrets left out, errors' messages and stacks included.
 */
export function createLog(
  level: string,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  return pino(
    { level, base: null, serializers: { err: serializeError } },
    { write: (line: string) => write(`${redactLine(line)}\n`) },
  );
}

/** String by string: across a whole line, what looks like an address may begin within an escape such as \n. */
function redactLine(line: string): string {
  return JSON.stringify(JSON.parse(line), (_, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  );
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = 'code' in error ? { code: String(error.code) } : {};
  const cause = error.cause === undefined ? {} : { cause: serializeError(error.cause) };
  return { name, message, stack, ...code, ...cause };
}
