/** The story in short: what a reader wants to know before they read on. */
import type { OpenEntry } from './entry.ts';
import { objectOf, textOf } from './json.ts';
import type { Fact, Story, Tone } from './model.ts';
import { capital, countText, plainWords } from './words.ts';

type Parts = Pick<Story, 'verdicts' | 'plans' | 'decisions' | 'writes' | 'proofs' | 'ticket'>;

export function factsOf(asked: { by: string; words: string }, last: OpenEntry | undefined, parts: Parts): Fact[] {
  const facts = [
    fact('Asked by', asked.by),
    fact('First words', asked.words),
    outcomeOf(last, parts),
    verdictFact(parts),
    planFact(parts),
    decisionFact(parts),
    writesFact(parts),
    proofFact(parts),
    ticketFact(parts),
  ];
  return facts.filter((one) => one !== null && one.text !== '') as Fact[];
}

function fact(label: string, text: string, tone: Tone = 'plain'): Fact {
  return { label, text, tone };
}

const outcomes: Readonly<Record<string, { text: string; tone: Tone }>> = {
  'connect/planned': { text: 'Planned; nobody has asked for approval', tone: 'open' },
  'connect/awaiting-approval': { text: 'Waits for a decision', tone: 'open' },
  'connect/approved': { text: 'Approved; nothing is written yet', tone: 'open' },
  'connect/applying': { text: 'Is being carried out', tone: 'open' },
  'connect/verifying': { text: 'Written; not looked at yet', tone: 'open' },
  'connect/failed': { text: 'Stopped before its end', tone: 'bad' },
  'connect/stopped': { text: 'Could not be planned as asked', tone: 'bad' },
  'connect/cancelled': { text: 'Cancelled', tone: 'plain' },
  'connect/undone': { text: 'Undone: what the plan had made was taken back', tone: 'plain' },
  'connect/moved': { text: 'Goes on in another case', tone: 'plain' },
  'support/put-off': { text: 'Put off; nothing was sent', tone: 'plain' },
};

function outcomeOf(last: OpenEntry | undefined, { proofs, ticket }: Parts): Fact {
  const { flow = '', state = '', changed = {} } = last ?? {};
  if (flow === 'connect' && state === 'connected') {
    return connectedFact(proofs.at(-1));
  }
  if (flow === 'connect' && state === 'closed') {
    return fact('How it ended', `Closed: ${textOf(changed['because']) || plainWords(textOf(changed['why']))}`);
  }
  if (flow === 'support' && ticket !== null) {
    const status = ticket.statuses.at(-1)?.status ?? 'not opened yet';
    return fact(
      'How it stands',
      `Ticket ${ticket.number}: ${plainWords(status)}`,
      status === 'solved' ? 'good' : 'open',
    );
  }
  const known = outcomes[`${flow}/${state}`];
  return fact('How it stands', known?.text ?? capital(plainWords(state)), known?.tone);
}

/** Only what somebody has seen counts as working. */
function connectedFact(proof: Story['proofs'][number] | undefined): Fact {
  const all = [...(proof?.read ?? []), ...(proof?.computed ?? []), ...(proof?.observed ?? [])];
  if (all.some(({ good }) => good === false)) {
    return fact('How it ended', 'Written, but something is not as planned', 'bad');
  }
  const seen = (proof?.toRun.length ?? 0) - (proof?.openChecks ?? 0);
  if (seen > 0 && proof?.openChecks === 0) {
    return fact('How it ended', 'Connected, and seen to work', 'good');
  }
  return fact('How it ended', seen > 0 ? 'Set up, tried in part' : 'Set up, not yet tried', 'open');
}

function verdictFact({ verdicts }: Parts): Fact | null {
  const last = verdicts.at(-1);
  return last === undefined ? null : fact('Verdict', capital(last.headline));
}

/** As `planHeadline` words it. */
function isWayBack(headline: string): boolean {
  return headline.endsWith('taken back');
}

function planFact({ plans }: Parts): Fact | null {
  const [before, last] = plans.length > 1 ? plans.slice(-2) : [undefined, plans[0]];
  if (last === undefined) {
    return null;
  }
  if (before !== undefined && isWayBack(last.headline)) {
    return fact('Plan', `${capital(before.headline)}; then ${last.headline}`);
  }
  const count = plans.length > 1 ? ` (the last of ${plans.length} plans)` : '';
  return fact('Plan', `${capital(last.headline)}${count}`);
}

function decisionFact({ decisions }: Parts): Fact | null {
  const [before, last] = decisions.length > 1 ? decisions.slice(-2) : [undefined, decisions[0]];
  if (last === undefined) {
    return null;
  }
  const tones: Readonly<Record<string, Tone>> = { approved: 'good', pending: 'open' };
  const tone = tones[last.status] ?? 'bad';
  return before !== undefined && isWayBack(last.about)
    ? fact('Decisions', `${capital(decisionText(before))}; the way back: ${decisionText(last)}`, tone)
    : fact('Decision', capital(decisionText(last)), tone);
}

function decisionText({ decidedBy, status }: Story['decisions'][number]): string {
  return decidedBy === '' ? status : `${status} by ${decidedBy}`;
}

function writesFact({ writes }: Parts): Fact | null {
  const done = writes.filter(({ status }) => status === 'done').length;
  const all = done === writes.length;
  return writes.length === 0
    ? null
    : fact(
        'Written in Azure',
        all ? countText(done, 'change') : `${done} of ${writes.length} changes`,
        all ? 'good' : 'bad',
      );
}

function proofFact({ proofs }: Parts): Fact | null {
  const last = proofs.at(-1);
  if (last === undefined) {
    return null;
  }
  const { read, computed, observed } = last;
  return fact('Proof', `${read.length} read, ${computed.length} computed, ${observed.length} observed`);
}

function ticketFact({ ticket }: Parts): Fact | null {
  return ticket === null ? null : fact('Ticket', `${ticket.number} “${ticket.subject}”`.trim());
}

/** Who asked first, and in which words. */
export function askedIn(entries: readonly OpenEntry[]): { person: unknown; words: string; seq: number } {
  const first = entries.find(({ event }) => textOf(event['type']) === 'said') ?? entries[0];
  const { event = {}, changed = {}, seq = 1 } = first ?? {};
  const draft = objectOf(changed['draft']);
  return { person: event['person'], words: textOf(event['text']) || textOf(draft['words']), seq };
}
