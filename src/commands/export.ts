import { reach } from '../core/access.ts';
import { actionReader, numbered } from '../core/args.ts';
import type { Answer, Command, Request, Values } from '../core/command.ts';
import { Refusal, refuse } from '../errors.ts';
import {
  type ExportLine,
  exportName,
  isExportLine,
  readExportLine,
  requireLasting,
} from '../rules/export-line.ts';
import { isEmpty } from '../rules/filter.ts';
import { type Token, tokenize } from '../rules/line.ts';
import type { ExportTemplate } from '../rules/templates.ts';
import type { Exports } from '../services/exports/index.ts';
import type { Filters } from '../services/filter.ts';
import type { Templates } from '../services/templates.ts';
import { aboutExport, exportBegun, exportOnPage, nobodyToExport } from '../views/export/answers.ts';
import { exportForm } from '../views/export/form.ts';

type Action = 'file' | 'form';

const readAction = actionReader<Action>({ file: ['file', 'fil'], form: ['form', 'formulär'] });

/** A template may be called so: then a number, or nothing, follows no file. */
function actionOf(args: readonly Token[]): Action | undefined {
  if (args.length === 0) return 'form';
  const asked = readAction(args);
  return asked?.action === 'file' && asked.rest.length > 0 && !numbered(asked.rest)
    ? undefined
    : asked?.action;
}

export interface ExportCommandParts {
  exports: Exports;
  filters: Pick<Filters, 'read'>;
  templates: Pick<Templates, 'list'>;
  now?: () => Date;
}

/** `/vc export`: users as a file, written by a job as a template says. */
export function exportCommand({
  exports,
  filters,
  templates,
  now = () => new Date(),
}: ExportCommandParts): Command {
  const known = async () => (await templates.list(['export'])).filter((one) => one.purpose === 'export');

  /** Begins what a line or a form asks for. What is wrong with a part is told at the field of that name. */
  async function begin(request: Request, asked: ExportLine): Promise<Answer[]> {
    const { person, place, language, press } = request;
    const { template, onlyNew, perDepartment, name } = asked;
    const within = reach(person.access, 'export');
    const filter = await atField('filter', async () => {
      const read = await filters.read(asked.filter, within);
      if (onlyNew) requireLasting(read);
      return read;
    });
    const fileName = await atField('name', async () =>
      exportName(name, template, language, now(), perDepartment),
    );
    const { id, since } = await exports.begin({
      template,
      // Everybody is meant, however that is said: the next time it is known again.
      filter: { ...filter, all: isEmpty({ ...filter, all: false }) },
      onlyNew,
      perDepartment,
      fileName,
      personId: person.id,
      place,
      language,
      reach: within,
      press,
    });
    if (id === undefined) return [{ view: nobodyToExport(onlyNew ? { since } : undefined, language, now()) }];
    return place.kind === 'channel' ? [{ view: exportBegun(id, language) }] : [];
  }

  async function form({ language }: Request, args: readonly Token[]): Promise<Answer[]> {
    const all = await known();
    return [{ view: exportForm(all, readExportLine(args, all).template, language) }];
  }

  async function file({ person, language }: Request, args: readonly Token[]): Promise<Answer[]> {
    const which = numbered(args);
    if (!which || which.rest) throw refuse('export_no_number');
    const { status, bytes } = await exports.file(which.id, reach(person.access, 'export'));
    const view = exportOnPage(status, language);
    if (status.large) return [{ view }];
    const { fileName: name, size } = status;
    return [{ view, file: { name, size, bytes, ...aboutExport(status, language) } }];
  }

  async function chosen({ template: key }: Values): Promise<ExportTemplate> {
    const found = (await known()).find((one) => one.key === key);
    if (!found) throw refuse('template_unnamed', undefined, 'template');
    return found;
  }

  return {
    name: 'export',
    swedish: ['exportera'],
    summary: {
      sv: 'Skriver användare till en fil, för Excel, Flex HRM eller cheferna',
      en: 'Writes users to a file, for Excel, Flex HRM or their managers',
    },
    usage: [
      { sv: 'exportera [MALL] [FILTER] [som NAMN.csv]', en: 'export [TEMPLATE] [FILTER] [as NAME.csv]' },
      {
        sv: 'exportera [MALL] [FILTER] per avdelning [som NAMN]',
        en: 'export [TEMPLATE] [FILTER] per department [as NAME]',
      },
      { sv: 'exportera MALL [företag:X] sedan-sist', en: 'export TEMPLATE [company:X] since-last' },
      { sv: 'exportera fil #NUMMER', en: 'export file #NUMBER' },
    ],
    examples: [
      {
        sv: 'exportera "E-post Visma Connect" avdelning:"Ekonomi & Lön" som lista.csv',
        en: 'export "Connect e-mail" department:"Ekonomi & Lön" as list.csv',
      },
      { sv: 'exportera "Till Flex HRM" sedan-sist', en: 'export "To Flex HRM" since-last' },
      { sv: 'exportera företag:X per avdelning', en: 'export company:X per department' },
      { sv: 'exportera alla', en: 'export all' },
    ],
    explained: {
      sv: 'Sedan-sist tar med dem som har bekräftat sin adress sedan samma export gjordes senast, eller har fått en anställning i ett företag som den gäller. Den går inte ihop med avdelning, kontor, roll eller aktiv.',
      en: 'Since-last has those who have confirmed their address since the same was last exported, or have got an employment in a company that it is about. It does not go with department, office, role or active.',
    },
    filters: true,
    permission: () => 'export',
    action: actionOf,
    isLine: isExportLine,

    async run(request, args) {
      const action = actionOf(args);
      if (action === 'form') return form(request, args.slice(1));
      if (action === 'file') return file(request, args.slice(1));
      return begin(request, readExportLine(args, await known()));
    },

    async submit(request, _args, values) {
      const template = await chosen(values);
      const filter = await atField('filter', async () => tokenize(values.filter ?? ''));
      const onlyNew = values.what === 'new';
      const perDepartment = values.files === 'departments';
      return begin(request, { template, filter, onlyNew, perDepartment, name: values.name });
    },
  };
}

/** What is refused meanwhile is told at the form's field. */
async function atField<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.code, error.text, field, error.also) : error;
  }
}
