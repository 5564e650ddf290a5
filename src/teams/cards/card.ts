/** The part of Adaptive Cards 1.5 that the door draws with. Source: the schema explorer of adaptivecards.io. */

export interface Card {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  type: 'AdaptiveCard';
  version: '1.5';
  msteams?: { width: 'Full' };
  body: Element[];
  actions?: Action[];
}

export type Element = RichTextBlock | ColumnSet | ActionSet | Input;

/** How an element stands to the one above it. */
interface Placed {
  spacing?: 'none' | 'small' | 'default' | 'medium' | 'large';
  separator?: true;
}

/** A background, and colours that go with it, of the reader's own theme. */
export type Style = 'good' | 'warning' | 'attention';

/** How a run of text looks. Colours are the reader's theme's own. */
export interface Look {
  color?: 'accent' | Style;
  fontType?: 'monospace';
  isSubtle?: true;
  size?: 'small' | 'medium' | 'large';
  weight?: 'bolder';
}

export interface TextRun extends Look {
  type: 'TextRun';
  text: string;
}

export interface RichTextBlock extends Placed {
  type: 'RichTextBlock';
  horizontalAlignment?: 'right';
  inlines: TextRun[];
}

export interface ColumnSet extends Placed {
  type: 'ColumnSet';
  style?: Style;
  columns: Column[];
}

export interface Column extends Placed {
  type: 'Column';
  /** A number: its share of what the others leave. */
  width: 'auto' | 'stretch' | `${number}px` | number;
  verticalContentAlignment?: 'center';
  items: Element[];
}

export interface ActionSet extends Placed {
  type: 'ActionSet';
  actions: Action[];
}

interface Titled {
  title: string;
  style?: 'positive' | 'destructive';
  /** Said to who points at it or has it read. */
  tooltip?: string;
}

export interface SubmitAction extends Titled {
  type: 'Action.Submit';
  data: Readonly<Record<string, unknown>>;
}

export interface ExecuteAction extends Titled {
  type: 'Action.Execute';
  verb: string;
  data: Readonly<Record<string, unknown>>;
  /** For clients that know no Action.Execute. */
  fallback: SubmitAction;
}

export type Action =
  | SubmitAction
  | ExecuteAction
  | (Titled & { type: 'Action.OpenUrl'; url: string })
  | (Titled & {
      type: 'Action.ShowCard';
      card: { type: 'AdaptiveCard'; body: Element[]; actions: Action[] };
    });

interface Labelled extends Placed {
  id: string;
  label: string;
  placeholder?: string;
  value?: string;
}

export type Input =
  | (Labelled & { type: 'Input.Text'; maxLength: number; isMultiline?: true })
  | (Labelled & {
      type: 'Input.ChoiceSet';
      style: 'compact';
      choices: { title: string; value: string }[];
      /** Searched as one types, by an invoke that names the dataset. */
      'choices.data'?: { type: 'Data.Query'; dataset: string };
    });
