/** Scenario 1: people in hub-vnet open the app orders by name, by peering with private DNS. */
import { hasButton } from './card.ts';
import type { ChatMessage } from './chat.ts';
import type { Stage } from './stage.ts';

const inTeam = 'team';
const onCall = 'on-call';

interface Names {
  network: string;
  managedNetwork: string;
  app: string;
  otherApp: string;
  address: string;
}

export async function playPeering(stage: Stage): Promise<void> {
  const { record } = stage;
  record.title('Connect mendix-prod to hub-vnet by peering, with DNS for the app orders');
  const names = await lookUp(stage);
  const before = await stage.world.resolve(names.network, names.otherApp);
  const thread = await ask(stage, 'connect mendix-prod to hub-vnet for app orders');

  const form = await card(stage, thread, 'connect-continue');
  await press(stage, inTeam, form, 'connect-continue');
  const method = await card(stage, thread, 'use-peering');
  await press(stage, inTeam, method, 'use-peering');
  const plan = await card(stage, thread, 'ask-approval');
  await press(stage, inTeam, plan, 'ask-approval');

  await decide(stage);
  await watch(stage, thread);
  await prove(stage, names, before.status);
}

async function lookUp(stage: Stage): Promise<Names> {
  const resources = await stage.world.resources();
  function find(pattern: RegExp): string {
    const id = Object.keys(resources).find((known) => pattern.test(known));
    if (id === undefined) {
      throw new Error(
        `Looking for ${pattern} in the simulated world: it is not there. The demo needs the example world of “causeway simulate”.`,
      );
    }
    return id;
  }
  const balancer = resources[find(/mrg-mendix-prod\/.*\/loadbalancers\//)] as {
    properties: { frontendIPConfigurations: { properties: { privateIPAddress: string } }[] };
  };
  return {
    network: find(/\/virtualnetworks\/hub-vnet$/),
    managedNetwork: find(/mrg-mendix-prod\/.*\/virtualnetworks\/[^/]+$/),
    app: 'orders.azure.mendixapps.io',
    otherApp: 'billing.azure.mendixapps.io',
    address: balancer.properties.frontendIPConfigurations[0]?.properties.privateIPAddress ?? '',
  };
}

/** Says it in the team's channel and answers the thread that the bot uses. */
export async function ask(stage: Stage, text: string): Promise<string> {
  stage.record.person('Rosa Requester', 'team', text);
  await stage.chat.say('requester', inTeam, text);
  const own = await stage.chat.waitFor(
    'requester',
    inTeam,
    'my own message',
    (message) => message.from === 'requester' && message.text === text,
  );
  return own.thread ?? own.id;
}

/** The newest message of the thread that offers this button; shown in the transcript. */
export async function card(stage: Stage, thread: string, verb: string, person = 'requester'): Promise<ChatMessage> {
  const message = await stage.chat.waitFor(
    person,
    inTeam,
    `a card with “${verb}”`,
    (known) => known.thread === thread && hasButton(known.card, verb),
  );
  stage.record.bot('team', message);
  return message;
}

/** Presses a button as the requester, who expects nothing but success. */
export async function press(
  stage: Stage,
  conversation: string,
  message: ChatMessage,
  verb: string,
  inputs: Record<string, string> = {},
): Promise<void> {
  const { outcome, because } = await stage.chat.press('requester', conversation, message, verb, inputs);
  if (outcome !== 'done') {
    throw new Error(`Pressing “${verb}” on “${message.text}”: ${outcome}. ${because ?? ''}`);
  }
}

async function decide(stage: Stage): Promise<void> {
  const { chat, record } = stage;
  const asked = await chat.waitFor('approver-1', onCall, 'the approval card', (message) =>
    hasButton(message.card, 'approve'),
  );
  record.bot('on-call, as Anna Approver sees it', asked);

  const own = await chat.waitFor(
    'requester',
    onCall,
    'the approval card as the requester sees it',
    (message) => message.id === asked.id,
  );
  const mine = await chat.press('requester', onCall, own, 'approve');
  record.check(
    'The requester may not approve their own plan',
    mine.outcome === 'refused',
    `${mine.outcome}: ${mine.because ?? ''}`,
  );
  const foreign = await chat.pressForeign('outsider', onCall, asked, 'approve');
  record.check(
    'An outsider may not approve',
    foreign.outcome === 'refused',
    `${foreign.outcome}: ${foreign.because ?? ''}`,
  );

  const late = await chat.waitFor(
    'approver-2',
    onCall,
    'the approval card as the second approver sees it',
    (message) => message.id === asked.id,
  );
  record.person('Anna Approver', 'on-call', 'presses Approve');
  const yes = await chat.press('approver-1', onCall, asked, 'approve');
  record.check('The person on call approves', yes.outcome === 'done', yes.outcome);
  const again = await chat.press('approver-2', onCall, late, 'approve');
  record.check(
    'A second decision is answered calmly',
    again.outcome === 'already-decided',
    `${again.outcome}: ${again.because ?? ''}`,
  );
}

async function watch(stage: Stage, thread: string): Promise<void> {
  const { chat, record } = stage;
  const result = await chat.waitFor('requester', inTeam, 'the proof', (message) => {
    if (message.thread === thread && /changes done/.test(message.text)) {
      record.progress(/\d+ of \d+ changes done/.exec(message.text)?.[0] ?? message.text);
    }
    if (message.thread === thread && message.text.startsWith('Stopped')) {
      throw new Error(`The plan stopped: ${message.text}`);
    }
    return message.thread === thread && hasButton(message.card, 'judge-output');
  });
  record.bot('team', result);
}

async function prove(stage: Stage, names: Names, before: string): Promise<void> {
  const { record, world } = stage;
  record.title('The simulated world, asked directly');
  const answer = await world.resolve(names.network, names.app);
  record.check(
    `${names.app} resolves in hub-vnet`,
    answer.addresses.join() === names.address,
    `${answer.status} ${answer.addresses.join(', ')}`,
  );
  const reach = await world.reach(names.network, names.address, 443);
  record.check(`${names.address} answers on port 443 from hub-vnet`, reach.open, reach.because);
  const other = await world.resolve(names.network, names.otherApp);
  record.check(`${names.otherApp} resolves as before`, other.status === before, `${other.status}, before ${before}`);
  const resources = await world.resources();
  const peerings = [names.network, names.managedNetwork].map((network) => peeringState(resources, network));
  record.check(
    'Both halves of the peering are connected',
    peerings.every((state) => state === 'Connected'),
    peerings.join(' and '),
  );
}

function peeringState(resources: { [id: string]: unknown }, network: string): string {
  const id = Object.keys(resources).find((known) => known.startsWith(`${network}/virtualnetworkpeerings/causeway`));
  const body = id === undefined ? undefined : (resources[id] as { properties?: { peeringState?: string } });
  return body?.properties?.peeringState ?? embedded(resources[network]) ?? 'missing';
}

function embedded(network: unknown): string | undefined {
  const body = network as
    | { properties?: { virtualNetworkPeerings?: { properties?: { peeringState?: string } }[] } }
    | undefined;
  return body?.properties?.virtualNetworkPeerings?.at(-1)?.properties?.peeringState;
}
