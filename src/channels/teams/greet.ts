/** The first word after an installation: what the bot does, and how to begin. */
import type { HelpData } from '../../flows/card.ts';
import type { TeamsDeps } from './deps.ts';
import { activityOf } from './message.ts';
import { decodeConversation } from './place.ts';
import { reachPlace } from './reach.ts';
import { renderCard } from './render.ts';
import type { Activity } from './schema.ts';

/** Teams tells of one installation twice, and now and then once more. */
const quietHours = 24;

/** True for an installation of this bot; people who join or leave are none. */
export function isInstallation({ action, membersAdded, recipient, type }: Activity): boolean {
  return type === 'installationUpdate' ? action.startsWith('add') : membersAdded.includes(recipient.id);
}

export async function greet(deps: TeamsDeps, activity: Activity): Promise<void> {
  const { conversation } = decodeConversation(activity.conversation.id);
  if (!(await deps.memory.first('greeted', conversation, quietHours))) {
    return;
  }
  const { reference, target } = await reachPlace(deps, { platform: 'teams', conversation, thread: null });
  const data = reference.kind === 'personal' ? personalGreeting : roomGreeting;
  const card = renderCard({ content: { name: 'help', data }, verbs: [], tokenFor: () => '', note: '', refresh: null });
  await deps.connector.post(target, activityOf({ speaker: null, text: data.intro }, card, []));
}

const whatFor =
  'I connect private networks of Mendix on Azure, with approval and proof, and take problems to the right desk.';

const examples = [
  { command: 'connect mendix-prod to hub-vnet for app orders', meaning: 'connect a private network, step by step' },
  {
    command: 'prod is down since 8, recovery did nothing',
    meaning: 'describe a problem; I say who can help, and open the ticket',
  },
  { command: 'help', meaning: 'everything that I understand' },
];

const personalGreeting: HelpData = {
  intro: `Hello, I am Causeway. ${whatFor} Write one of these, or just say what you need.`,
  examples,
  groups: [],
};

const roomGreeting: HelpData = {
  intro: `Hello, I am Causeway. ${whatFor} Mention me with one of these; I answer where you ask.`,
  examples: examples.map(({ command, meaning }) => ({ command: `@Causeway ${command}`, meaning })),
  groups: [],
};
