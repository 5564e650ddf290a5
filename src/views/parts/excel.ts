import { type Language, speaker } from '../../rules/language.ts';
import { type ExportTemplate, exportTemplates, opensInExcel } from '../../rules/templates.ts';

/** What Excel on a Swedish computer makes of what a template writes. Nothing is said where it is for another program. */
export function excelLines(template: ExportTemplate, language: Language): string[] {
  const say = speaker(language);
  if (template.key === exportTemplates.toFlex.key) return [];
  const text = opensInExcel(template)
    ? say(
        'Excel på en svensk dator öppnar filen rätt: å, ä och ö stämmer och varje fält får sin egen kolumn.',
        'Excel on a Swedish computer opens the file right: å, ä and ö are as they should be, and every field has a column of its own.',
      )
    : say(
        'Ska filen öppnas i Excel på en svensk dator? Då behöver mallen semikolon och UTF-8 med BOM.',
        'Is the file to be opened in Excel on a Swedish computer? Then the template needs semicolons and UTF-8 with BOM.',
      );
  return [text];
}
