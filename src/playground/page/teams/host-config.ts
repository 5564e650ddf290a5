import { HostConfig } from 'adaptivecards';

/** Text colours of cards; each is a variable of the sheet's, so that they follow the reader's theme at once. */
const colour = (name: string, subtle = name) => ({ default: `var(--${name})`, subtle: `var(--${subtle})` });

const foregroundColors = {
  default: colour('text', 'quiet'),
  accent: colour('link'),
  good: colour('card-good'),
  warning: colour('card-warning'),
  attention: colour('fault'),
};

const style = (background: string) => ({ backgroundColor: `var(--${background})`, foregroundColors });

const type = (fontFamily: string) => ({
  fontFamily,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
});

/** How Teams draws cards, in the page's own colours. Sizes are pixels. */
export const hostConfig = new HostConfig({
  spacing: { none: 0, small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  fontTypes: {
    default: type('inherit'),
    monospace: type('Monaco, Menlo, Consolas, "Courier New", monospace'),
  },
  containerStyles: {
    default: style('card'),
    emphasis: style('sunk'),
    accent: style('sunk'),
    good: style('card-good-page'),
    warning: style('card-warning-page'),
    attention: style('fault-page'),
  },
  actions: {
    maxActions: 6,
    // The sheet puts the space between them, which also breaks rows.
    buttonSpacing: 0,
    showCard: { actionMode: 'inline', inlineTopMargin: 12 },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      optionalInputs: { weight: 'bolder' },
      requiredInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', spacing: 'small' },
  },
});
