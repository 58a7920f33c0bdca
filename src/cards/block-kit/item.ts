/**
 * A card, read: its elements in reading order, with everything that a message, a modal or the App Home needs, and
 * nothing that only Adaptive Cards know. Containers are gone; what they said about their content stands in it.
 */
import type { JsonObject } from '../adaptive-card.ts';
import type { Source } from './loss.ts';
import type { Line } from './run.ts';

/** The text of one element. */
export interface Part {
  lines: Line[];
  /** Subtle or small: set apart by italics when it shares a block with other text. */
  isSmall: boolean;
  sources: Source[];
}

export interface TextItem {
  kind: 'text';
  /** `exact`: never mrkdwn; `code`: monospaced, several lines. */
  look: 'plain' | 'small' | 'heading' | 'exact' | 'code';
  parts: Part[];
  /** True when the card puts it close under the text before it: both share a block. */
  joins: boolean;
}

export interface Fact {
  title: Line;
  value: Line[];
  source: Source;
}

export interface ButtonItem {
  title: string;
  tooltip: string;
  style: 'primary' | 'danger' | null;
  does:
    | { kind: 'link'; address: string }
    /** `value` is what travels with the click. `asks`: a form comes first. */
    | { kind: 'send'; verb: string; value: string; asks: boolean };
  /** Path of the card that it belongs to; it sends the inputs of this card and of those around it. */
  scope: string;
  source: Source;
}

export interface TableItem {
  kind: 'table';
  /** Rows of cells of lines; a row may be shorter than the table is wide. */
  rows: Line[][][];
  hasHeader: boolean;
  aligns: ('left' | 'center' | 'right')[];
  source: Source;
}

export interface InputItem {
  kind: 'input';
  input: JsonObject;
  /** block_id and action_id of its field in the modal; the input's own id when that is usable. */
  name: string;
  /** Path of the card that it belongs to: the whole one, or one behind an Action.ShowCard. */
  scope: string;
  source: Source;
}

export type Item =
  | TextItem
  | { kind: 'facts'; facts: Fact[] }
  /** Columns side by side, each a text. */
  | { kind: 'columns'; columns: TextItem[][]; joins: boolean }
  | { kind: 'picture'; address: string; alt: string; source: Source }
  | { kind: 'pictured'; text: TextItem; address: string; alt: string; source: Source }
  | TableItem
  /** `isBar`: the card's own buttons, which stay when a card is cut. */
  | { kind: 'buttons'; buttons: ButtonItem[]; isBar: boolean }
  | InputItem
  | { kind: 'divider' };
