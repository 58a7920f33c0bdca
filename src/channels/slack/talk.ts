/**
 * Which thread somebody means who writes a command outside of any thread: in direct messages, behind the slash command,
 * or in a new message of a channel. It belongs to the case that offers its button; everything else begins something new.
 */
import { connectForms } from '../../flows/connect-typed.ts';
import type { PersonId } from '../../flows/people.ts';
import { matchForm, supportForms } from '../../flows/typed.ts';
import { readFlow } from '../../store/flows.ts';
import { fromJson } from '../../store/json.ts';
import type { Reader } from '../../store/store.ts';
import { decodePosted, encodePosted, tsHere } from './posted.ts';

interface Said {
  conversation: string;
  person: PersonId;
  text: string;
}

/** `several`: nothing says which of them is meant, and a guess could decide the wrong one. */
type Meant = { kind: 'none' | 'several' } | { kind: 'thread'; thread: string };

/** Words that also begin something new; somebody else's card with such a button is not meant by them. */
const beginnings: ReadonlySet<string> = new Set(['start-connect', 'start-support']);

/** How far back a button is looked for. */
const newest = 50;

export async function threadMeant(db: Reader, said: Said): Promise<Meant> {
  const verbs = [connectForms, supportForms].flatMap((forms) => matchForm(said.text, forms)?.verb ?? []);
  if (verbs.length === 0) {
    return { kind: 'none' };
  }
  const fitting = (await offersIn(db, said)).filter((offer) => offer.verbs.some((verb) => verbs.includes(verb)));
  for (const { caseId, thread } of fitting) {
    if ((await requesterOf(db, caseId)) === said.person) {
      return { kind: 'thread', thread };
    }
  }
  const threads = [...new Set(fitting.map(({ thread }) => thread))];
  const [only] = threads;
  if (only === undefined || verbs.every((verb) => beginnings.has(verb))) {
    return { kind: 'none' };
  }
  return threads.length > 1 ? { kind: 'several' } : { kind: 'thread', thread: only };
}

interface Offer {
  caseId: string;
  thread: string;
  verbs: readonly string[];
}

/** Cards with buttons that stand in this conversation, the newest first; what others cannot see is not among them. */
async function offersIn(db: Reader, { conversation, person }: Said): Promise<Offer[]> {
  const rows = await db
    .selectFrom('message')
    .innerJoin('token', (join) =>
      join.onRef('token.message_key', '=', 'message.key').onRef('token.revision', '=', 'message.revision'),
    )
    .select(['message.case_id', 'message.conversation', 'message.thread', 'message.platform_id', 'message.verbs'])
    .where('message.platform', '=', 'slack')
    .where((row) =>
      row.or([
        row('message.conversation', '=', conversation),
        row('message.platform_id', 'like', encodePosted({ kind: 'direct', ts: '%', channel: conversation })),
      ]),
    )
    .where((row) => row.or([row('message.only_for', 'is', null), row('message.only_for', '=', person)]))
    .orderBy('token.at', 'desc')
    .limit(newest)
    .execute();
  return rows.flatMap((row) => {
    const thread = threadIn(conversation, row);
    return thread === null ? [] : [{ caseId: row.case_id, thread, verbs: fromJson(row.verbs) as string[] }];
  });
}

function threadIn(
  conversation: string,
  row: { conversation: string; thread: string | null; platform_id: string | null },
): string | null {
  const posted = row.platform_id === null ? null : decodePosted(row.platform_id);
  if (posted?.kind === 'direct') {
    return posted.channel === conversation ? posted.ts : null;
  }
  return row.conversation === conversation ? (row.thread ?? tsHere(row.platform_id)) : null;
}

async function requesterOf(db: Reader, caseId: string): Promise<PersonId | null> {
  const state = (await readFlow(db, caseId))?.state ?? null;
  return state !== null && 'requester' in state ? state.requester : null;
}
