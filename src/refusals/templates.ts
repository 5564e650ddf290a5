import type { Text } from '../rules/language.ts';
import { shortened } from './shortened.ts';

/** Templates, and the forms that make and change them. */
export const templates = {
  template_name_missing: () => ({
    sv: 'Ge mallen ett namn.',
    en: 'Give the template a name.',
  }),
  template_name_long: (p: { most: number }) => ({
    sv: `Namnet får ha högst ${p.most} tecken.`,
    en: `The name may have at most ${p.most} characters.`,
  }),
  template_name_taken: (p: { name: string }) => ({
    sv: `Det finns redan en mall som heter ”${shortened(p.name)}”. Välj ett annat namn.`,
    en: `There is already a template called "${shortened(p.name)}". Choose another name.`,
  }),
  template_field_unknown: (p: { line: number; written: string; nearest?: string }) => ({
    sv: `Rad ${p.line}: jag känner inte till fältet ”${shortened(p.written)}”. ${p.nearest ? `Menade du ”${p.nearest}”?` : 'Ta bort raden.'}`,
    en: `Line ${p.line}: I don't know the field "${shortened(p.written)}". ${p.nearest ? `Did you mean "${p.nearest}"?` : 'Remove the line.'}`,
  }),
  template_field_twice: (p: { line: number; written: string }) => ({
    sv: `Rad ${p.line}: ”${p.written}” finns redan högre upp. Ta bort den ena.`,
    en: `Line ${p.line}: "${p.written}" is already further up. Remove one of them.`,
  }),
  template_fields_lack: (p: { fields: Text }) => ({
    sv: `Mallen behöver ${p.fields.sv}. Skriv till det på egna rader.`,
    en: `The template needs ${p.fields.en}. Add it on lines of its own.`,
  }),
  template_create_company: (p: { field: Text }) => ({
    sv: `En mall som skapar användare behöver fältet ${p.field.sv}: lägg till det, eller låt mallen bara ändra.`,
    en: `A template that creates users needs the field ${p.field.en}: add it, or let the template change only.`,
  }),
  template_delimiter_missing: () => ({
    sv: 'Skriv tecknet som ska stå mellan kolumnerna.',
    en: 'Write the character that stands between the columns.',
  }),
  template_delimiter_unfit: (p: { written: string }) => ({
    sv: `”${shortened(p.written)}” kan inte skilja kolumner åt. Skriv ett enda tecken, till exempel |, som inte är en bokstav, en siffra, ett citattecken eller en del av adresser.`,
    en: `"${shortened(p.written)}" cannot separate columns. Write one single character, such as |, that is no letter, digit or quotation mark and no part of addresses.`,
  }),
  template_delimiter_unchosen: () => ({
    sv: 'Välj ”Ett annat tecken” ovanför, eller töm fältet.',
    en: 'Choose "Another character" above, or empty this field.',
  }),
  template_skip_unfit: (p: { most: number }) => ({
    sv: `Skriv ett heltal från 0 till ${p.most}.`,
    en: `Write a whole number from 0 to ${p.most}.`,
  }),
  template_too_many: (p: { most: number }) => ({
    sv: `Det finns redan ${p.most} egna mallar. Ta bort någon som inte används.`,
    en: `There are ${p.most} templates of your own already. Delete one that is not used.`,
  }),
  template_unnamed: () => ({
    sv: 'Vilken mall? Skriv namnet, till exempel `/vc mallar visa "Till Flex HRM"`. Namnen står i `/vc mallar`.',
    en: 'Which template? Write its name, for example `/vc templates show "To Flex HRM"`. The names are in `/vc templates`.',
  }),
  template_unknown: (p: { name: string; nearest?: string }) => ({
    sv: `Det finns ingen mall som heter ”${shortened(p.name)}”. ${p.nearest ? `Menade du ”${p.nearest}”?` : 'Namnen står i `/vc mallar`.'}`,
    en: `There is no template called "${shortened(p.name)}". ${p.nearest ? `Did you mean "${p.nearest}"?` : 'The names are in `/vc templates`.'}`,
  }),
  template_both: (p: { name: string }) => ({
    sv: `Både en importmall och en exportmall heter ”${shortened(p.name)}”. Skriv \`import:\` eller \`export:\` före namnet.`,
    en: `Both an import and an export template are called "${shortened(p.name)}". Write \`import:\` or \`export:\` before the name.`,
  }),
  template_built_in: () => ({
    sv: 'De inbyggda mallarna går inte att ändra eller ta bort. Kopiera mallen och ändra kopian.',
    en: 'The built-in templates can be neither changed nor deleted. Copy the template and change the copy.',
  }),
  template_match_export: () => ({
    sv: 'En importmall görs efter en exportmall. Skriv till exempel `/vc mallar matcha export:"Till Flex HRM"`.',
    en: 'An import template is made to match an export template. Write for example `/vc templates match export:"To Flex HRM"`.',
  }),
  template_match_lacks: (p: { fields: Text }) => ({
    sv: `Exportmallen saknar ${p.fields.sv}, så det som exporteras med den går inte att läsa in igen. Lägg till det först.`,
    en: `The export template lacks ${p.fields.en}, so what it exports cannot be imported again. Add it first.`,
  }),
  template_compare_two: () => ({
    sv: 'Jämför en exportmall med en importmall, båda inom citattecken: `/vc mallar jämför "Till Flex HRM" "E-post Visma Connect"`.',
    en: 'Compare an export template with an import template, both in quotes: `/vc templates compare "To Flex HRM" "Connect e-mail"`.',
  }),
} satisfies Record<string, (params: never) => Text>;
