import { afterEach, beforeEach, expect, it } from 'vitest';
import { templatesCommand } from '../../src/commands/templates.ts';
import type { Values } from '../../src/core/command.ts';
import { tokenize } from '../../src/rules/line.ts';
import { createTemplates } from '../../src/services/templates.ts';
import { eachStore } from '../support/database.ts';
import { accessTo, requestWith } from '../support/request.ts';
import { createTalk, type Said, type Talk } from '../support/talk.ts';

/** What the form of a new import template holds before anybody touches it, by field. */
function filledIn(said: Said): Record<string, string> {
  const [reply] = said.replies;
  if (reply?.view.kind !== 'form') throw new Error(`no form: ${said.text}`);
  const values = reply.view.fields.flatMap(({ name, value }) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(values);
}

eachStore('/vc templates', (database) => {
  let talk: Talk;
  const types = (line: string, who = 'lena') => talk.as(who).types(line);
  const presses = (label: string, on: Said) => talk.as('lena').presses(label, on);
  const names = async () =>
    (await database().prisma.template.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name);

  async function submits(
    form: Said,
    values: Values = {},
  ): Promise<{ faults: Record<string, string>; text: string }> {
    const submitted = await talk.submits('lena', form, { ...filledIn(form), ...values });
    if ('faults' in submitted) return { faults: submitted.faults, text: '' };
    return { faults: {}, text: JSON.stringify(submitted.replies.map(({ view }) => view)) };
  }

  const created = async (purpose: 'import' | 'export', name: string, values: Values = {}) =>
    submits(await types(`templates create ${purpose}`), { name, ...values });

  beforeEach(async () => {
    await database().prisma.template.deleteMany();
    talk = createTalk(database(), {
      commands: (store) => [templatesCommand(createTemplates({ database: store }))],
    });
  });
  afterEach(() => talk.audit.flush());

  it('lists the built-in ones and one’s own, each with what it is for', async () => {
    await created('export', 'Till kollegorna');
    const { text } = await types('templates');
    expect(text).toMatch(/Connect e-mail.*import, built-in/);
    expect(text).toMatch(/To Flex HRM.*export, built-in/);
    expect(text).toMatch(/Till kollegorna.*export/);
    expect((await types('mallar')).text).toContain('Till Flex HRM');
  });

  it('makes one with the form, whose beginning is a template that works', async () => {
    const form = await types('templates create import');
    expect(filledIn(form)).toEqual({
      does: 'addresses',
      fields: 'User-ID\nEmployment number\nEmail Visma Connect',
      layout: 'position',
      delimiter: 'found',
      encoding: 'found',
      skipRows: '0',
    });
    const { text, faults } = await submits(form, {
      name: ' Vår  mall ',
      fields: 'Employment number\r\nAnvändar-id\n\nE-POST VISMA CONNECT',
      delimiter: 'other',
      character: '|',
      encoding: 'Windows-1252',
      skipRows: '2',
      layout: 'bare',
    });
    expect(faults).toEqual({});
    expect(text).toContain('Done. The template is saved.');
    expect(await database().prisma.template.findMany()).toMatchObject([
      {
        purpose: 'import',
        name: 'Vår mall',
        fields: ['employmentNumber', 'userId', 'connectEmail'],
        header: false,
        byHeader: false,
        delimiter: '|',
        encoding: 'Windows-1252',
        skipRows: 2,
        does: 'addresses',
      },
    ]);
    expect((await types('templates show vår mall')).text).toContain(
      'Employment number, User-ID and Email Visma Connect',
    );
  });

  it('asks which kind where none is said', async () => {
    const question = await types('templates create');
    expect(filledIn(await presses('New export template', question))).toMatchObject({
      delimiter: 'semicolon',
      encoding: 'UTF-8 BOM',
    });
  });

  it('refuses what cannot work, everything at once and each at its field', async () => {
    const { faults } = await created('import', '  ', {
      fields: 'Employment number\nE-post Vsima Connect\nEmployment number\nSkostorlek',
      delimiter: 'other',
      character: 'a',
      skipRows: '-1',
    });
    expect(Object.keys(faults).sort()).toEqual(['character', 'fields', 'name', 'skipRows']);
    expect(faults.name).toBe('Give the template a name.');
    expect(faults.fields).toContain(
      'Line 2: I don\'t know the field "E-post Vsima Connect". Did you mean "E-post Visma Connect"?',
    );
    expect(faults.fields).toContain('Line 3: "Employment number" is already further up.');
    expect(faults.fields).toContain('Line 4: I don\'t know the field "Skostorlek".');
    expect(faults.fields).toContain('The template needs User-ID.');
    expect(faults.character).toContain('"a" cannot separate columns');
    expect(faults.skipRows).toBe('Write a whole number from 0 to 100.');
    expect(await names()).toEqual([]);
  });

  const identity = 'User-ID\nEmployment number';
  it.each<[string, 'import' | 'export', Values, string]>([
    ['no User-ID', 'export', { fields: 'Name' }, 'fields'],
    ['no employment number to import by', 'import', { fields: 'User-ID\nEmail Visma Connect' }, 'fields'],
    ['no address to save', 'import', { fields: identity }, 'fields'],
    ['no company to create users in', 'import', { fields: identity, does: 'create' }, 'does'],
    ['the same field in both languages', 'export', { fields: 'User-ID\nAnvändar-id' }, 'fields'],
    ['no other character', 'import', { delimiter: 'other' }, 'character'],
    ['a character that is not chosen', 'import', { delimiter: 'tab', character: '|' }, 'character'],
    ['a quotation mark between cells', 'import', { delimiter: 'other', character: '"' }, 'character'],
    ['two characters between cells', 'export', { delimiter: 'other', character: '||' }, 'character'],
    ['too many rows to skip', 'import', { skipRows: '101' }, 'skipRows'],
    ['rows to skip that are no number', 'import', { skipRows: 'två' }, 'skipRows'],
    ['a long name', 'import', { name: 'x'.repeat(61) }, 'name'],
    ['the name of a built-in one', 'import', { name: 'ANSTÄLLDA' }, 'name'],
  ])('refuses %s, at the field', async (_what, purpose, values, field) => {
    const { faults } = await created(purpose, 'Vår', values);
    expect(Object.keys(faults)).toEqual([field]);
    expect(await names()).toEqual([]);
  });

  it('tells names apart within a purpose, without regard to case', async () => {
    await created('import', 'Vår');
    expect((await created('import', 'VÅR')).faults).toEqual({
      name: expect.stringContaining('already a template'),
    });
    expect((await created('export', 'vår')).faults).toEqual({});
    expect((await types('templates show Vår')).text).toContain('Both an import and an export template');
    expect((await types('templates show export:vår')).text).toContain('Export template: vår');
    expect((await types('templates show import:"vår"')).text).toContain('Import template: Vår');
  });

  it('copies, changes and deletes; a deletion asks first', async () => {
    await created('import', 'Vår');
    const copy = await presses('Copy', await types('templates show Vår'));
    expect(filledIn(copy).name).toBe('Vår (copy)');
    await submits(copy);
    const form = await presses('Change', await types('templates show "Vår (copy)"'));
    expect((await submits(form, { name: 'vår' })).faults).toMatchObject({ name: expect.any(String) });
    expect(
      (await submits(form, { name: 'Annan', does: 'create', fields: `${identity}\nCompany` })).text,
    ).toContain('Done. The template is changed.');
    expect(await names()).toEqual(['Vår', 'Annan']);
    const question = await types('mallar ta bort annan');
    expect(question.text).toContain('Ta bort mallen?');
    expect(await names()).toEqual(['Vår', 'Annan']);
    expect((await presses('Ta bort', question)).text).toContain('”Annan” är borttagen');
    expect((await presses('Delete', await types('templates show Vår'))).text).toContain('"Vår" is deleted');
    expect(await names()).toEqual([]);
    expect((await submits(form, { name: 'Sen' })).text).toContain('This is already done');
  });

  it('a template that is gone cannot be changed any more', async () => {
    await created('import', 'Vår');
    const form = await types('templates change Vår');
    await presses('Delete', await types('templates delete Vår'));
    expect((await submits(form)).text).toContain('There is no template');
  });

  it('leaves the built-in ones as they are, and copies them', async () => {
    for (const line of ['templates change "To Flex HRM"', 'templates delete import:Employees'])
      expect((await types(line)).text).toContain('built-in templates can be neither changed nor deleted');
    expect(filledIn(await types('templates copy "Till Flex HRM"'))).toMatchObject({
      delimiter: 'tab',
      layout: 'header',
    });
  });

  it('makes the import template that matches an export template in one press, which then agrees', async () => {
    await created('export', 'Till kollegorna', { fields: `${identity}\nName\nEmail Visma Connect` });
    const card = await presses('Make the matching', await types('templates show Till kollegorna'));
    expect(card.text).toContain('same fields in the same order');
    expect(card.text).toContain('Reads what is exported by Till kollegorna.');
    const again = (await types('templates match Till kollegorna')).text;
    expect(again).toContain('Import template: Import Till kollegorna');
    expect(again).toContain('is there already');
    await created('export', 'Till chefer', { fields: `${identity}\nEmail Visma Connect` });
    await created('import', 'Import Till chefer', { fields: `${identity}\nEmail Visma Connect\nName` });
    expect((await types('templates match "Till chefer"')).text).toContain('Import Till chefer 2');
    expect((await types('templates compare "Till kollegorna" "Import Till kollegorna"')).text).toContain(
      'The templates agree',
    );
    expect((await types('templates compare "Import Till kollegorna" "Till kollegorna"')).text).toContain(
      'The templates agree',
    );
    expect((await types('mallar jämför export:"Connect e-mail" "Import Till kollegorna"')).text).toContain(
      'Exporten skriver',
    );
    expect((await types('templates compare "Till kollegorna"')).text).toContain('both in quotes');
    expect((await types('templates match import:Employees')).text).toContain(
      'made to match an export template',
    );
    await created('export', 'Namn', { fields: 'User-ID\nName' });
    expect((await types('templates match Namn')).text).toContain('lacks Employment number');
  });

  it('names the nearest template', async () => {
    expect((await types('templates show Employes')).text).toContain('Did you mean "Employees"?');
    expect((await types('templates copy')).text).toContain('Which template?');
  });

  it('A2 shows whoever may only export nothing of imports', async () => {
    await created('import', 'Vår');
    const command = templatesCommand(createTemplates({ database: database() }));
    const asks = (line: string) => command.run(requestWith(accessTo(['export'])), tokenize(line));
    const [listed] = await asks('');
    const rows = listed?.view.kind === 'table' ? listed.view.rows : [];
    expect(rows.map(({ cells: [name, use] }) => `${name}: ${use}`)).toEqual([
      'Connect e-mail: export, built-in',
      'To Flex HRM: export, built-in',
    ]);
    await expect(asks('show Vår')).rejects.toMatchObject({ code: 'template_unknown' });
    for (const line of ['create import', 'match "To Flex HRM"'])
      await expect(asks(line)).rejects.toMatchObject({ code: 'no_permission' });
    expect(await asks('create')).toMatchObject([{ view: { kind: 'form', line: 'templates create export' } }]);
  });

  it('A2 is for those who may import or export', async () => {
    expect((await types('templates', 'anna')).text).toContain('permission');
  });
});
