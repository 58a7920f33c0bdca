/** Sentences of a message, and whether somebody asks something with them: with a question mark or without. */

export interface Sentence {
  text: string;
  isAsked: boolean;
  /** The question itself, without what leads up to it: "we go live in May and wonder who patches the nodes". */
  question: string;
}

const greeting =
  /^(?:(?:hi|hello|hey|dear|team|all|bot|causeway|so|and|but|also|then|ok|okay|please|pls|quick question)\b[\s,!.:-]*)+/iu;

/** "is" and the like begin a question only before somebody or something: "is down since eight" is none. */
const beginning = new RegExp(
  [
    String.raw`^(?:who|whom|whose|which|why|how|what(?! an? )|do|does|did)\b`,
    String.raw`^(?:when|where)\s+(?:do|does|did|is|are|was|were|will|would|can|could|should|may|must|has|have)\b`,
    String.raw`^(?:is|are|am|was|were|has|have|will|would|shall|should|can|could|may|might|must)\s+(?:i|we|you|he|she|it|they|one|there|this|that|these|those|the|our|my|your|its|an?|any\w*|some\w*|every\w*|each|all|no|nobody|people|customers?|apps?|mendix|microsoft|azure|support|other|new)\b`,
  ].join('|'),
  'iu',
);

const leadingUp =
  /\b(?:wonder(?:ing|ed)?|curious|tell me|explain|(?:want(?:ed)?|like|need|love) to (?:know|understand)|help me (?:to )?understand|(?:a|one|another|my|our) questions? (?:is|about|on|regarding|for)|do you know|any idea)\b/iu;

export function sentencesOf(text: string): Sentence[] {
  return text
    .split(/(?<=[.!?;])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .map(readSentence);
}

function readSentence(text: string): Sentence {
  const led = leadingUp.exec(text);
  return {
    text,
    isAsked: led !== null || /\?["'”’)\s]*$/u.test(text) || beginning.test(text.replace(greeting, '')),
    question: led === null ? text : text.slice(led.index + led[0].length),
  };
}
