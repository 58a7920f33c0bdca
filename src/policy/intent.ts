/**
 * Which job a first message asks for. What it asks to be connected is read in `connect-intent.ts`.
 */
import { type ConnectIntent, readConnect } from './connect-intent.ts';
import { findDanger } from './danger.ts';
import { tellsProblem } from './problem.ts';
import { sentencesOf } from './sentences.ts';
import { understand } from './understand.ts';

/** `question` is one about the policy, or a dangerous plan, which is answered with a warning (`answers.ts`). */
export type Intent = ConnectIntent | { job: 'support' } | { job: 'question' } | { job: 'help' } | { job: 'unknown' };

const helpOnly =
  /^\/?(?:help|what can you do|what do you do|commands?|menu|start|hi|hello|hey|thanks|thank you|\?+)[\s.!?]*$/iu;

const supportWords =
  /\b(?:ticket|support|incident|outage|problem|issue|broken|error|errors|fails?|failed|failing|down|slow|wrong|help|cannot|can[’']t|sev(?:erity)? ?\d|not work(?:ing)?|does(?:n[’']t| not) work)\b/iu;

/** "Can you open port 5432?" asks for a deed; "can you tell me …" asks for an answer. */
const deed =
  /\b(?:can|could|would|will) (?:you|somebody|someone)\b(?! (?:please )?(?:tell|explain|say|clarify|confirm|show|point))/iu;

/** A problem wins over a question: "prod is down, who can help?" needs somebody, not an answer. */
export function readIntent(text: string): Intent {
  const said = firstPart(text);
  if (helpOnly.test(said)) {
    return { job: 'help' };
  }
  const connect = readConnect(said);
  if (connect !== null) {
    return connect;
  }
  if (tellsProblem(said)) {
    return { job: 'support' };
  }
  if (findDanger(said) !== null) {
    return { job: 'question' };
  }
  const asked = sentencesOf(said).filter((sentence) => sentence.isAsked);
  const isCase = saysCase(said);
  const isRequest = isCase && asked.every((sentence) => deed.test(sentence.text));
  if (asked.length > 0 && !isRequest) {
    return { job: 'question' };
  }
  return isCase || supportWords.test(said) ? { job: 'support' } : { job: 'unknown' };
}

/** Whether there is something to judge: that somebody asks is nothing yet. */
function saysCase(text: string): boolean {
  return understand(text).matched.some(({ key, value }) => key !== 'requestKind' || value === 'problem');
}

/** A first message says early what it wants; what follows after this many characters is a pasted log. */
const longestRequest = 2000;

function firstPart(text: string): string {
  return text.slice(0, longestRequest).replace(/\s+/gu, ' ').trim();
}
