/** What the data of several cards is made of. */
export interface Choice {
  title: string;
  value: string;
}

/** A label and its value, as in a FactSet. */
export interface Line {
  title: string;
  value: string;
}

export type Tone = 'good' | 'attention' | 'warning' | 'default';

export interface SignedLine {
  /** One character, such as a tick; the word beside it says the same. */
  sign: string;
  word: string;
  tone: Tone;
  text: string;
  /** Smaller second line; empty when there is none. */
  detail: string;
}
