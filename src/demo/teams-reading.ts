/** Reads what stands in the fake Teams the way a person's client shows it: entities, escapes and Markdown are gone. */
import type { Card } from './card.ts';
import type { ChatMessage } from './chat.ts';

export interface TeamsWorld {
  people: { id: string; name: string; objectId: string; tenantId: string }[];
  places: { id: string; kind: string; name: string; members: string[] }[];
  /** By id, which names the thread in a channel. */
  conversations: Record<string, TeamsActivity[]>;
  /** Cards that one person sees in place of the message's own. */
  views: { message: string; person: string; card: Card }[];
}

export interface TeamsActivity {
  id: string;
  timestamp: string;
  text?: string;
  summary?: string;
  from: { aadObjectId?: string };
  attachments?: { contentType: string; content: Card }[];
  edits?: number;
  deleted?: boolean;
}

export function splitThread(conversation: string): { place: string; thread: string | null } {
  const [place = '', thread] = conversation.split(';messageid=');
  return { place, thread: thread ?? null };
}

/** @param conversation Where it stands, with the thread. */
export function readAs(person: string, world: TeamsWorld, conversation: string, activity: TeamsActivity): ChatMessage {
  const { attachments = [], edits = 0, from, id, summary, text = '', timestamp } = activity;
  const own = attachments.find(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive');
  const view = world.views.find((known) => known.message === id && known.person === person);
  const card = view?.card ?? own?.content ?? null;
  return {
    id,
    seq: Number(id),
    revision: edits + 1,
    thread: splitThread(conversation).thread,
    from: world.people.find(({ objectId }) => objectId === from.aadObjectId)?.id ?? 'causeway',
    // Above a card stands at most a mention; what the card is about is said by its notification.
    text: card !== null && summary !== undefined ? summary : spoken(text),
    card: card === null ? null : cardAsShown(card),
    at: timestamp,
  };
}

function spoken(text: string): string {
  return text
    .replace(/^<at>Causeway<\/at>\s*/, '')
    .replaceAll(/<at>(.*?)<\/at>/g, '@$1')
    .replaceAll(/<br\s*\/?>/g, '\n')
    .replaceAll(/<\/?b>/g, '')
    .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}

/** The elements whose text is Markdown; everything else is shown as it is. */
function cardAsShown(card: Card): Card {
  return JSON.parse(JSON.stringify(card), (_key, node: unknown) => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) {
      return node;
    }
    const element = node as Card;
    if (element.type === 'TextBlock') {
      return { ...element, text: withoutMarkdown(element['text']) };
    }
    return element.type === 'FactSet' ? { ...element, facts: (element['facts'] as Card[]).map(factAsShown) } : element;
  }) as Card;
}

function factAsShown(fact: Card): Card {
  return { ...fact, title: withoutMarkdown(fact['title']), value: withoutMarkdown(fact['value']) };
}

function withoutMarkdown(text: unknown): string {
  return String(text)
    .replaceAll('\n\n', '\n')
    .replaceAll('\u00A0', ' ')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
