/**
 * Tells a case from its first word to its proof, from nothing but its chain: what is not in the chain is not evidence.
 */
import type { StoredEntry } from '../check-entry.ts';
import { approvalNotes } from './approvals.ts';
import { type ReadCard, sentCards } from './cards.ts';
import { decisionsIn } from './decisions.ts';
import { type OpenEntry, openEntry } from './entry.ts';
import { erasuresIn } from './erasures.ts';
import { askedIn, factsOf } from './facts.ts';
import { objectsOf, textOf } from './json.ts';
import { messagesIn } from './messages.ts';
import type { Chapter, Moment, Story } from './model.ts';
import { momentOf, type Telling } from './moments.ts';
import { peopleIn } from './people.ts';
import { plansIn, type StoredPlan, tellPlan } from './plans.ts';
import { postsIn } from './posts.ts';
import { proofsIn } from './proofs.ts';
import { statusReadings, ticketIn, verdictsIn } from './support.ts';
import { capital, plainWords } from './words.ts';
import { writesIn } from './writes.ts';

export interface TellOptions {
  caseId: string;
  readCard: ReadCard;
  /** IANA; null: that of the person who asked first. */
  zone: string | null;
}

export function tellStory(chain: readonly StoredEntry[], { caseId, readCard, zone: wanted }: TellOptions): Story {
  const entries = chain.map(openEntry);
  const people = peopleIn(entries);
  const plans = plansIn(entries);
  const stepTitles = titlesOf(plans);
  const asked = askedIn(entries);
  const cardBefore = sentCards(entries, readCard);
  const toldPlans = plans.map(tellPlan);
  const zone = wanted ?? people.zoneOf(asked.person) ?? 'UTC';
  const parts = {
    verdicts: verdictsIn(entries, people),
    plans: toldPlans,
    decisions: decisionsIn({ caseId, entries, people, cardBefore, plans: toldPlans }),
    writes: writesIn(entries, stepTitles),
    proofs: proofsIn(entries),
    ticket: ticketIn(entries, people),
  };
  const statusNews = new Set(statusReadings(entries).map(({ seq }) => seq));
  const erasures = erasuresIn(entries);
  const approvals = approvalNotes(entries, people, zone);
  const telling = {
    caseId,
    people,
    cardBefore,
    stepTitles,
    statusNews,
    approvals,
    posts: postsIn(entries),
    erasures,
    zone,
  };
  const last = entries.findLast(({ flow }) => flow !== '');
  return {
    caseId,
    title: titleOf(asked.words, last),
    kind: last?.flow ?? '',
    zone,
    from: entries[0]?.at ?? '',
    to: entries.at(-1)?.at ?? '',
    facts: factsOf({ by: people.nameOf(asked.person, asked.seq), words: asked.words }, last, parts),
    people: people.all(),
    chapters: chaptersOf(entries, telling),
    ...parts,
    messages: messagesIn(entries, people, readCard),
    erasures,
    erased: entries.filter(({ erased }) => erased).map(({ seq }) => seq),
  };
}

function titlesOf(plans: readonly StoredPlan[]): Map<string, string> {
  return new Map(
    plans.flatMap(({ plan }) =>
      objectsOf(plan['steps']).map((step) => [textOf(step['id']), textOf(step['title'])] as const),
    ),
  );
}

const longestTitle = 120;

function titleOf(words: string, last: OpenEntry | undefined): string {
  const line = words.replaceAll(/\s+/g, ' ').trim();
  if (line === '') {
    return last?.flow === 'settings' ? 'The settings, and what belongs to no case' : 'A case without words';
  }
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1).trimEnd()}…`;
}

const titles: Readonly<Record<string, string>> = {
  'connect/discovering': 'The wish',
  'connect/asking': 'The wish',
  'connect/surveying': 'The method and the plan',
  'connect/choosing': 'The method and the plan',
  'connect/stopped': 'The method and the plan',
  'connect/planned': 'The method and the plan',
  'connect/awaiting-approval': 'The decision',
  'connect/approved': 'The decision',
  'connect/applying': 'The work',
  'connect/verifying': 'The proof',
  'connect/connected': 'The proof',
  'connect/failed': 'The work',
  'connect/closed': 'The end of the request',
  'connect/cancelled': 'The end of the request',
  'connect/moved': 'Somewhere else',
  'connect/undo-reading': 'The way back',
  'connect/undo-stopped': 'The way back',
  'connect/undo-planned': 'The way back',
  'connect/undone': 'The proof',
  'support/asking': 'The problem',
  'support/judged': 'The verdict',
  'support/differing': 'The verdict',
  'support/previewing': 'The ticket',
  'support/opening': 'The ticket',
  'support/open': 'The talk with the desk',
  'talk/talk': 'The talk',
  'settings/settings': 'What was recorded',
  'watch/watch': 'What the watchdog saw',
  'alert/open': 'The alert',
  'alert/resolved': 'The alert',
};

/** Null for what was sent: it stands in the chapter of the event that asked for it. */
function chapterOf({ flow, payload, state, type }: OpenEntry): string | null {
  // The case stands in its next part already when these are told, but they end the one before.
  if (objectsOf(payload['projections']).some((projection) => projection['type'] === 'approval-decided')) {
    return 'The decision';
  }
  if (type === 'plan-finished') {
    return 'The work';
  }
  return flow === '' ? null : (titles[`${flow}/${state}`] ?? capital(plainWords(state)));
}

/** From when somebody asks for the way back until the case stands where it goes on without it. */
function wayBack({ flow, state }: OpenEntry, before: boolean): boolean {
  return state.startsWith('undo-') || (before && (flow === '' || !afterAll.has(state)));
}

const afterAll: ReadonlySet<string> = new Set(['connected', 'closed', 'asking', 'discovering', 'surveying', 'planned']);

const titlesBack: Readonly<Record<string, string>> = {
  'The decision': 'The decision about the way back',
  'The work': 'The work of the way back',
  'The proof': 'The proof that it is gone',
};

function chaptersOf(entries: readonly OpenEntry[], telling: Telling): Chapter[] {
  const chapters: { title: string; moments: Moment[] }[] = [];
  let before: OpenEntry | null = null;
  let isBack = false;
  for (const entry of entries) {
    isBack = wayBack(entry, isBack);
    const own = chapterOf(entry);
    const title = (isBack ? titlesBack[own ?? ''] : null) ?? own ?? chapters.at(-1)?.title ?? 'What was recorded';
    const moment = momentOf(entry, before, telling);
    if (chapters.at(-1)?.title !== title) {
      chapters.push({ title, moments: [] });
    }
    if (moment !== null) {
      chapters.at(-1)?.moments.push(moment);
    }
    before = 'draft' in entry.changed || 'answers' in entry.changed ? entry : before;
  }
  return chapters.filter(({ moments }) => moments.length > 0);
}
