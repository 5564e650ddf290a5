import type { Button, Example, NoteView } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { formatNumber } from '../../rules/say.ts';

/** Stands beside the file of the rejected rows. */
export function aboutRejected(id: number, count: number, language: Language): string {
  const n = formatNumber(count, language);
  return speaker(language)(
    count === 1
      ? `Den avvisade raden i import #${id}. Rätta den och släpp filen här igen.`
      : `De ${n} avvisade raderna i import #${id}. Rätta dem och släpp filen här igen.`,
    count === 1
      ? `The rejected row of import #${id}. Correct it and drop the file here again.`
      : `The ${n} rejected rows of import #${id}. Correct them and drop the file here again.`,
  );
}

/** Where the bot may not hand files over: the log has the same file. */
export function rejectedInLog(id: number, count: number, language: Language): NoteView<Button> {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: say(
      `Jag får inte lämna över filer här. ${count === 1 ? 'Den avvisade raden' : 'De avvisade raderna'} i import #${id} kan du ladda ner från loggen.`,
      `I may not hand over files here. You can download the rejected ${count === 1 ? 'row' : 'rows'} of import #${id} from the log.`,
    ),
    actions: [{ label: say('Visa logg', 'Show log'), line: `log show #${id}`, acting: false }],
  };
}

export const examples: Record<string, Example> = {
  'rejected rows where no files are handed over': (language) => rejectedInLog(42, 14, language),
};
