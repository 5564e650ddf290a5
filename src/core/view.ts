/**
 * What the bot says, by meaning and not by looks: a door (Slack, Teams) decides how each kind is drawn.
 * Every string is plain text in the reader's language. A door draws a span such as `/vc help` or `company:X` (between
 * backticks, beginning with "/vc " or a filter's key) as code, and no other character of it as markup (A7).
 */

import type { Language } from '../rules/language.ts';

/** How a sentence is meant: a door may add a colour or a symbol. */
export type Tone = 'plain' | 'good' | 'warning' | 'fault';

/** A button that runs a command line as if the presser had typed it (A6). */
export interface Button {
  label: string;
  /** The line without the leading "/vc". */
  line: string;
  /** Works once; a viewing button (false) works again and again. */
  acting: boolean;
  style?: 'primary' | 'danger';
  /** Asked before the press counts. */
  ask?: Question;
  /** Its line answers with a form, whatever else may come of it: some platforms open forms from such buttons alone. */
  opensForm?: true;
}

export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
}

/** A button once its line is in the store: the door sees only the opaque id. */
export interface Pressable extends Omit<Button, 'line' | 'acting'> {
  id: string;
}

/** A button that opens a page. */
export interface Link {
  label: string;
  url: string;
  style?: 'primary';
}

/** One counted kind: "21 already connected". */
export interface Count {
  label: string;
  count: number;
  tone?: Tone;
}

interface Body<A> {
  title?: string;
  /** Further sentences, each on a line of its own. */
  lines?: string[];
  actions?: (A | Link)[];
}

/** One sentence, and perhaps what to do next. */
export interface NoteView<A> extends Body<A> {
  kind: 'note';
  tone: Tone;
  text: string;
}

/** One thing and what is known of it, such as a user's card. */
export interface FactsView<A> extends Body<A> {
  kind: 'facts';
  title: string;
  status?: { tone: Tone; text: string };
  facts: { label: string; value: string }[];
}

/** Many things of a kind, one a row; `more` says what is not shown. */
export interface TableView<A> extends Body<A> {
  kind: 'table';
  title: string;
  text?: string;
  columns: string[];
  rows: { cells: string[]; action?: A | Link }[];
  more?: string;
}

/** What happened, by count. */
export interface SummaryView<A> extends Body<A> {
  kind: 'summary';
  tone: Tone;
  title: string;
  text: string;
  counts: Count[];
}

/** Work under way; `total` 0: not known yet. */
export interface ProgressView<A> extends Body<A> {
  kind: 'progress';
  title: string;
  text: string;
  done: number;
  total: number;
}

/** What would happen, by count, and the buttons that decide. */
export interface ConfirmView<A> extends Body<A> {
  kind: 'confirm';
  title: string;
  text: string;
  counts: Count[];
  warnings?: string[];
}

/** What can be typed. */
export interface HelpView<A> extends Body<A> {
  kind: 'help';
  title: string;
  text: string;
  entries: { usage: string; summary: string; examples?: string[] }[];
}

/** One input of a form. A `user` input is searched as one types; a `lines` input holds several lines. */
export type Field = {
  name: string;
  label: string;
  hint?: string;
  placeholder?: string;
  optional?: boolean;
} & (
  | { type: 'text' | 'email' | 'lines'; value?: string }
  | { type: 'choice'; options: Option[]; value?: string }
  | { type: 'user'; value?: Option }
);

export interface Option {
  value: string;
  label: string;
}

/** A form (Slack: a modal); its submission runs `line` with the values. */
export interface FormView {
  kind: 'form';
  /** At most 24 characters. */
  title: string;
  text?: string;
  fields: Field[];
  submit: string;
  cancel: string;
  /** The command line that the submission runs, without the leading "/vc". */
  line: string;
}

/** A form once its line is in the store. */
export interface OpenForm extends Omit<FormView, 'line'> {
  id: string;
}

/** What a message shows; `A` is Button where a command makes it, Pressable where a door draws it. */
export type MessageView<A = Button> =
  | NoteView<A>
  | FactsView<A>
  | TableView<A>
  | SummaryView<A>
  | ProgressView<A>
  | ConfirmView<A>
  | HelpView<A>;

export type View = MessageView<Button> | FormView;

/** A view of invented data, as it reads in a language: doors are held to how they draw it, and the gallery shows it. */
export type Example = (language: Language) => View;

export type Drawable = MessageView<Pressable> | OpenForm;
