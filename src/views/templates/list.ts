import type { Button, Example, TableView } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { fieldsText } from '../../rules/template-words.ts';
import { builtIn, isOwn, type Purpose, type Template } from '../../rules/templates.ts';
import { newButton, showButton } from './parts/buttons.ts';
import { exported, imported } from './parts/samples.ts';

/** Every template that the reader may use. */
export function templateList(
  templates: readonly Template[],
  purposes: readonly Purpose[],
  language: Language,
): TableView<Button> {
  const say = speaker(language);
  const use = {
    import: { own: say('import', 'import'), builtIn: say('import, inbyggd', 'import, built-in') },
    export: { own: say('export', 'export'), builtIn: say('export, inbyggd', 'export, built-in') },
  };
  return {
    kind: 'table',
    title: say('Mallar för anställda och användare', 'Templates for employees and users'),
    text: say(
      'En importmall säger hur en fil läses, en exportmall hur den skrivs. Det som exporteras med en mall kan läsas in med mallen som passar.',
      'An import template says how a file is read, an export template how it is written. What is exported by one can be imported by the one that matches.',
    ),
    columns: [say('Namn', 'Name'), say('Används till', 'Used for'), say('Fält', 'Fields')],
    rows: templates.map((template) => ({
      cells: [
        template.name[language],
        use[template.purpose][isOwn(template) ? 'own' : 'builtIn'],
        fieldsText(template)[language],
      ],
      action: showButton(template, language),
    })),
    actions: purposes.toReversed().map((purpose) => newButton(purpose, language)),
  };
}

export const examples: Record<string, Example> = {
  'all of them': (language) => templateList([...builtIn, exported, imported], ['import', 'export'], language),
  'for somebody who may only export': (language) =>
    templateList([...builtIn.filter(({ purpose }) => purpose === 'export'), exported], ['export'], language),
};
