/** What the bot can do, and the words for it. */
import { mayControl } from '../policy/approvers.ts';
import type { Person } from '../policy/people.ts';
import { alertForms } from './alert-typed.ts';
import type { CardContent, HelpData } from './card.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { adminNames, type Context } from './flow.ts';
import { showCard } from './message.ts';
import { controlHelp } from './control-words.ts';
import { connectForms, draftForms } from './connect-typed.ts';
import type { CaseState } from './state.ts';
import { answerForms, type Form, supportForms, talkForms } from './typed.ts';

const firstWords = [
  { command: 'connect mendix-prod to hub-vnet for app orders', meaning: 'connect a private network, step by step' },
  {
    command: 'let apps in mendix-prod reach erp.corp.example via pls-erp',
    meaning: 'an internal service of yours, for the apps',
  },
  { command: 'use our DNS servers 10.1.0.4 and 10.1.0.5 for mendix-prod', meaning: 'your own names, for the apps' },
  { command: 'read access to the database of mendix-prod from bi-vnet', meaning: 'a data lake, for example' },
  {
    command: 'prod is down since 8, recovery did nothing',
    meaning: 'describe a problem; I say who can help, and open the ticket',
  },
  { command: 'can I change the AKS tier?', meaning: 'ask about the support policy; I answer with the source' },
];

const whatIDo =
  'I connect private networks of Mendix on Azure, with approval and proof, take problems to the right desk, and answer questions about the support policy.';

interface Command {
  command: string;
  meaning: string;
}

function shownForms(forms: readonly Pick<Form, 'shown' | 'meaning'>[]): Command[] {
  return forms.map((form) => ({ command: form.shown, meaning: form.meaning }));
}

function grouped(title: string, commands: readonly Command[]): HelpData['groups'][number] {
  return { title, commands };
}

/** Where words of their own are understood. */
type Thread = 'answer' | 'connect' | 'support' | 'alert';

const ofThread: Readonly<Record<Thread, HelpData['groups'][number]>> = {
  answer: grouped('After an answer', shownForms(talkForms)),
  connect: grouped('In the thread of a connection', shownForms(connectForms)),
  support: grouped('In the thread of a problem', shownForms(supportForms)),
  alert: grouped('In the thread of an alert', shownForms(alertForms)),
};

const everyThread = ['answer', 'connect', 'support', 'alert'] as const;

/** In a running case, the words for it are enough; a wall of others hides them. */
export function threadsOf(state: CaseState | null): readonly Thread[] {
  if (state?.flow === 'support') {
    return ['support'];
  }
  return state?.flow === 'connect' || state?.flow === 'alert'
    ? [state.flow, ...(state.desk === undefined ? [] : ['support' as const])]
    : everyThread;
}

/** The card and its buttons; whoever has no role is told whom to ask. `threads`: those whose words are listed. */
export function helpContent(
  person: Pick<Person, 'roles'> | null,
  people: readonly Person[],
  threads: readonly Thread[] = everyThread,
): { card: CardContent; verbs: readonly string[] } {
  if (person === null || person.roles.length === 0) {
    const intro = `I connect private networks of Mendix on Azure and take problems to the right desk. You have no role here yet: ask ${adminNames({ people })} to add you to the settings.`;
    return { card: { name: 'help', data: { intro, examples: [], groups: [] } }, verbs: [] };
  }
  const examples = [...firstWords, ...shownForms(draftForms)];
  const groups = [
    grouped('In every thread', [...shownForms(answerForms), ...shownForms(controlHelp(mayControl(person)))]),
    ...threads.map((thread) => ofThread[thread]),
  ];
  const isAll = threads.length === everyThread.length;
  const intro = `${whatIDo} Write one of these, or just say what you need. Everything on my cards can be typed in their thread, too${isAll ? '.' : '; write “help” there to see how.'}`;
  return {
    card: { name: 'help', data: { intro, examples, groups } },
    verbs: ['start-connect', 'start-support'],
  };
}

interface Asked {
  to: Place;
  person: Person | null;
  /** Whose words are listed; none for a first look. */
  threads: readonly Thread[];
}

export function helpCard(message: string, { person, threads, to }: Asked, context: Context): ShowMessage {
  const { card, verbs } = helpContent(person, context.directory.people, threads);
  const text = 'I connect private networks of Mendix on Azure and take problems to the right desk.';
  return showCard(message, to, text, card, { verbs });
}
