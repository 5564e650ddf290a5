import type { Example, MessageView } from '../../core/view.ts';
import { describeFilter, describeForPlace } from '../../rules/filter.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { formatNumber, formatTime, plural } from '../../rules/say.ts';
import { formatSize } from '../../rules/size.ts';
import { opensInExcel } from '../../rules/templates.ts';
import type { ExportStatus } from '../../services/exports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { filterLine } from '../campaign.ts';
import { excelLines } from '../parts/excel.ts';
import { howMany, newLine } from './parts/about.ts';
import { fileButton, pageButton } from './parts/buttons.ts';
import { byDepartment, done, large, lookedAt, toFlex, writing } from './parts/samples.ts';

/**
 * The one message about an export: its progress, or where the file is. A place reads counts, people with protected identity
 * left out (U8), and neither the file's name nor the template's (A3).
 */
export function exportMessage(status: ExportStatus, reader: Reader, now = new Date()): MessageView {
  switch (status.state) {
    case 'writing':
      return progress(status, reader, now);
    case 'done':
      return reader.audience === 'place' ? doneForPlace(status, reader, now) : fileThere(status, reader, now);
    case 'failed':
      return failed(status, reader);
    case 'gone':
      return gone(status, reader, now);
  }
}

function progress(status: ExportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const [written, expected] = [told(status.written, reader), told(status.expected, reader)];
  const [n, all] = [formatNumber(written, language), formatNumber(expected, language)];
  return {
    kind: 'progress',
    title: say(`Export #${status.id} pågår`, `Export #${status.id} is under way`),
    text:
      expected > 0
        ? say(
            `${n} av ${all} användare är skrivna.`,
            `${n} of ${all} ${plural(expected, 'user is', 'users are')} written.`,
          )
        : say('Filen skrivs.', 'The file is being written.'),
    done: written,
    total: expected,
    lines: about(status, reader, now),
  };
}

function fileThere(status: ExportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const size = formatSize(status.size, language);
  const until = status.until ? formatTime(status.until, language, now) : '';
  return {
    kind: 'summary',
    tone: 'good',
    title: titleOf(status, reader),
    text: say(
      `Klart. ${howMany(status, language)}, ${size}.`,
      `Done. ${howMany(status, language)}, ${size}.`,
    ),
    counts: [],
    lines: [
      ...about(status, reader, now),
      status.large
        ? say(
            `Filen är för stor för chatten. Tryck på Hämta filen, så får du en egen länk till den. Den finns kvar till ${until}.`,
            `The file is too large for the chat. Press Get the file for a link of your own to it. It is there until ${until}.`,
          )
        : say(
            `Du får filen här i vår konversation. Kommer den inte, eller vill du ha den igen: tryck på Hämta filen, senast ${until}.`,
            `You get the file here in our conversation. If it does not come, or you want it again, press Get the file, by ${until}.`,
          ),
      ...(status.departments || opensInExcel(status.template) ? [] : excelLines(status.template, language)),
    ],
    actions: [fileButton(status, language), pageButton(status, language)],
  };
}

function doneForPlace(status: ExportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const users = told(status.written, reader);
  const n = formatNumber(users, language);
  const counted = users > 0 ? say(` ${n} användare.`, ` ${n} ${plural(users, 'user', 'users')}.`) : '';
  const where = status.large
    ? say(
        'Filen är för stor för chatten. Tryck på Visa logg, så får du en egen länk till den.',
        'The file is too large for the chat. Press Show log for a link of your own to it.',
      )
    : say('Filen skickas bara till den som bad om den.', 'The file is sent to whoever asked for it alone.');
  return {
    kind: 'summary',
    tone: 'good',
    title: titleOf(status, reader),
    text: `${say('Klart.', 'Done.')}${counted} ${where}`,
    counts: [],
    lines: about(status, reader, now),
    actions: [pageButton(status, language)],
  };
}

function failed(status: ExportStatus, reader: Reader): MessageView {
  return {
    kind: 'note',
    tone: 'fault',
    title: titleOf(status, reader),
    text: speaker(reader.language)(
      'Exporten bröts av ett fel hos mig, trots flera försök. Det finns ingen fil. Försök igen om en stund. Händer det igen: be den som sköter boten att titta i programmets logg.',
      "The export was cut short by a fault of mine, even after several tries. There is no file. Try again in a while. If it happens again, ask whoever looks after the bot to check the program's log.",
    ),
  };
}

function gone(status: ExportStatus, reader: Reader, now: Date): MessageView {
  return {
    kind: 'note',
    tone: 'plain',
    title: titleOf(status, reader),
    text: speaker(reader.language)(
      'Filen är borttagen: den sparas i ett dygn. Skriv kommandot igen för att få en ny.',
      'The file is gone: it is kept for a day. Type the command again for a new one.',
    ),
    lines: about(status, reader, now),
  };
}

function titleOf({ id, fileName }: ExportStatus, { audience }: Reader): string {
  return audience === 'place' ? `Export #${id}` : `Export #${id}: ${fileName}`;
}

/** As many as the reader may know of. */
function told({ users, shielded }: ExportStatus['expected'], { audience }: Reader): number {
  return audience === 'place' ? users - shielded : users;
}

/** Of whom, and by which template. */
function about(status: ExportStatus, { audience, language }: Reader, now: Date): string[] {
  const { template, filter, onlyNew } = status;
  const describe = audience === 'place' ? describeForPlace : describeFilter;
  const news = newLine(onlyNew, language, now);
  return [
    ...(audience === 'caller'
      ? [speaker(language)(`Mall: ${template.name.sv}.`, `Template: ${template.name.en}.`)]
      : []),
    filterLine(describe(filter, language), language),
    ...(news === undefined ? [] : [news]),
    ...departmentLines(status, audience, language),
  ];
}

/** How the workbooks of the departments come, and what they are for. */
function departmentLines(
  { departments, state }: ExportStatus,
  audience: Reader['audience'],
  language: Language,
): string[] {
  if (!departments) return [];
  const say = speaker(language);
  const { files } = departments;
  if (state !== 'done' || files === 0)
    return [say('En Excel-arbetsbok för varje avdelning.', 'An Excel workbook for each department.')];
  const n = formatNumber(files, language);
  return [
    files === 1
      ? say('En Excel-arbetsbok, för den enda avdelningen.', 'An Excel workbook, for the only department.')
      : say(
          `${n} Excel-arbetsböcker, en för varje avdelning, i ett zip-arkiv: packa upp det och skicka var och en till sin chef.`,
          `${n} Excel workbooks, one for each department, in a zip archive: unpack it and send each to its manager.`,
        ),
    ...(audience === 'caller'
      ? [
          say(
            'Användare med skyddad identitet är inte med. Släpp arbetsböckerna här när de är ifyllda, gärna alla på en gång.',
            'Users with protected identity are left out. Drop the workbooks here once they are filled in, all at once if you like.',
          ),
        ]
      : []),
  ];
}

const caller = { audience: 'caller' } as const;
const place = { audience: 'place' } as const;

export const examples: Record<string, Example> = {
  'under way': (language) => exportMessage(writing, { ...caller, language }, lookedAt),
  'under way, in a place': (language) => exportMessage(writing, { ...place, language }, lookedAt),
  'under way, of people whom a place is not told of': (language) =>
    exportMessage(
      { ...writing, expected: { users: 3, shielded: 3 }, written: { users: 0, shielded: 0 } },
      { ...place, language },
      lookedAt,
    ),
  done: (language) => exportMessage(done, { ...caller, language }, lookedAt),
  'done, in a place': (language) => exportMessage(done, { ...place, language }, lookedAt),
  'done, of people whom a place is not told of': (language) =>
    exportMessage({ ...done, written: { users: 3, shielded: 3 } }, { ...place, language }, lookedAt),
  'done, too large for chat, in a place': (language) =>
    exportMessage(large, { ...place, language }, lookedAt),
  'done, too large for chat': (language) => exportMessage(large, { ...caller, language }, lookedAt),
  'to Flex HRM, since the last time': (language) => exportMessage(toFlex, { ...caller, language }, lookedAt),
  'to Flex HRM, the first time': (language) =>
    exportMessage({ ...toFlex, onlyNew: { since: null } }, { ...caller, language }, lookedAt),
  'by a template that Excel does not open right': (language) =>
    exportMessage(
      { ...done, template: { ...done.template, key: 'own:1', delimiter: '|', encoding: 'UTF-8' } },
      { ...caller, language },
      lookedAt,
    ),
  'a workbook for each department': (language) =>
    exportMessage(byDepartment, { ...caller, language }, lookedAt),
  'a workbook for each department, in a place': (language) =>
    exportMessage(byDepartment, { ...place, language }, lookedAt),
  'a workbook for the only department': (language) =>
    exportMessage({ ...byDepartment, departments: { files: 1 } }, { ...caller, language }, lookedAt),
  failed: (language) => exportMessage({ ...done, state: 'failed' }, { ...caller, language }, lookedAt),
  'the file is gone': (language) =>
    exportMessage({ ...done, state: 'gone' }, { ...caller, language }, lookedAt),
};
