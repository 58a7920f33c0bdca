/**
 * Which thread of ours somebody means who writes into a chat. A channel has threads of its own. A chat has none: there,
 * a command belongs to the case that offers its button, and everything else begins something new.
 */
import { connectForms } from '../../flows/connect-typed.ts';
import { matchForm, supportForms } from '../../flows/typed.ts';
import { fromJson } from '../../store/json.ts';
import type { Reader } from '../../store/store.ts';
import type { TeamsDeps } from './deps.ts';
import { personalConversation } from '../personal.ts';
import { decodeConversation, decodePosted, type Layout, type TeamsPlace } from './place.ts';

interface Said {
  /** As Teams names it. */
  conversation: string;
  layout: Layout;
  /** Id of the message itself. */
  id: string;
  person: string;
  text: string;
}

export async function placeOfSaid(deps: Pick<TeamsDeps, 'memory' | 'store'>, said: Said): Promise<TeamsPlace> {
  const { conversation, thread } = decodeConversation(said.conversation);
  if (said.layout === 'threads') {
    return { conversation, thread: thread ?? said.id };
  }
  const spoken = await deps.memory.talk(conversation, said.person);
  const isPersonal = (await deps.memory.person(said.person))?.personal === conversation;
  // What was sent to this person before anybody knew their chat stands in it as well.
  const names = isPersonal ? [conversation, personalConversation(said.person)] : [conversation];
  const meant = await threadMeant(deps.store.read, names, verbsOf(said.text), spoken);
  const own = meant ?? said.id;
  await deps.memory.rememberTalk(conversation, said.person, own);
  return { conversation, thread: own };
}

/** The verbs that a text can stand for; none for a sentence. */
function verbsOf(text: string): string[] {
  return [connectForms, supportForms].flatMap((forms) => matchForm(text, forms)?.verb ?? []);
}

/** Words that also begin something new; an old card with such a button is not meant by them. */
const beginnings: ReadonlySet<string> = new Set(['start-connect', 'start-support']);

/** How far back a button is looked for. */
const newest = 30;

/** The person's own thread when its buttons fit, else the newest whose buttons do, else the own thread after all. */
async function threadMeant(
  db: Reader,
  conversations: readonly string[],
  verbs: readonly string[],
  spoken: string | null,
): Promise<string | null> {
  if (verbs.length === 0) {
    return null;
  }
  const rows = await db
    .selectFrom('message')
    .innerJoin('token', (join) =>
      join.onRef('token.message_key', '=', 'message.key').onRef('token.revision', '=', 'message.revision'),
    )
    .select(['message.thread', 'message.platform_id', 'message.verbs'])
    .where('message.platform', '=', 'teams')
    .where('message.conversation', 'in', conversations)
    .orderBy('token.at', 'desc')
    .limit(newest)
    .execute();
  const fitting = rows
    .filter((row) => (fromJson(row.verbs) as string[]).some((verb) => verbs.includes(verb)))
    .map((row) => row.thread ?? (row.platform_id === null ? null : decodePosted(row.platform_id).activity))
    .filter((thread) => thread !== null);
  const own = fitting.find((thread) => thread === spoken);
  if (own !== undefined || verbs.every((verb) => beginnings.has(verb))) {
    return own ?? null;
  }
  return fitting[0] ?? spoken;
}
