// A process of its own that writes the numbers after the last one in the journal at JOURNAL, and says each once it is
// written. Everything that it wrote stands. It kills itself in the middle of making room, DIE_AT entries into the new file.
import { openJournal } from '../../../src/playground/journal.ts';

const { JOURNAL: path = '', DIE_AT: dieAt = '' } = process.env;
const numbers: number[] = [];
let opened = false;

function* standing(): Iterable<number> {
  for (const [index, number] of numbers.entries()) {
    if (opened && index === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
    yield number;
  }
}

const journal = openJournal<number>(path, { apply: (number) => numbers.push(number), standing }, 0);
opened = true;
for (let number = (numbers.at(-1) ?? 0) + 1; ; number++) {
  journal.write(number);
  process.stdout.write(`${number}\n`);
}
