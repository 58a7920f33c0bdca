/** Scenario 1: people in hub-vnet open the app orders by name, by peering with private DNS. */
import { hasButton } from './card.ts';
import {
  answerFor,
  approvalCard,
  approve,
  ask,
  checkReach,
  goThrough,
  inTeam,
  networkId,
  onCall,
  proof,
  proved,
} from './play-steps.ts';
import type { Stage } from './stage.ts';

const app = 'orders.azure.mendixapps.io';
const otherApp = 'billing.azure.mendixapps.io';
const address = '192.168.0.10';

export async function playPeering(stage: Stage): Promise<void> {
  stage.record.title('Connect mendix-prod to hub-vnet by peering, with DNS for the app orders');
  const hub = await networkId(stage, 'hub-vnet');
  const before = await answerFor(stage, hub, otherApp);
  const thread = await ask(stage, 'connect mendix-prod to hub-vnet for app orders');
  await goThrough(stage, thread, ['connect-continue', 'use-peering']);
  await readAsText(stage, thread);
  await goThrough(stage, thread, ['ask-approval']);
  await refuseOthers(stage);
  await proof(stage, thread, proved);
  await prove(stage, hub, before);
}

/** A plan can be asked for as text by typing. */
async function readAsText(stage: Stage, thread: string): Promise<void> {
  const { chat, record } = stage;
  record.person('Rosa Requester', 'team', 'show as az');
  await chat.say('requester', inTeam, 'show as az', thread);
  const script = await chat.waitFor(
    'requester',
    inTeam,
    'the plan as a script',
    (message) =>
      message.thread === thread && message.from !== 'requester' && /script of az commands/.test(message.text),
  );
  record.check('The plan can be had as az commands', script.text !== '', script.text.split('\n')[0] ?? '');
}

async function refuseOthers(stage: Stage): Promise<void> {
  const { chat, record } = stage;
  const asked = await approvalCard(stage, /^Approve\?/);
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
    (message) => message.id === asked.id && hasButton(message.card, 'approve'),
  );
  await approve(stage);
  const again = await chat.press('approver-2', onCall, late, 'approve');
  record.check(
    'A second decision is answered calmly',
    again.outcome === 'already-decided',
    `${again.outcome}: ${again.because ?? ''}`,
  );
}

async function prove(stage: Stage, hub: string, before: string): Promise<void> {
  const { record } = stage;
  record.title('The simulated world, asked directly');
  const answer = await answerFor(stage, hub, app);
  record.check(`${app} resolves in hub-vnet`, answer === `answered ${address}`, answer);
  await checkReach(stage, `${address} answers on port 443 from hub-vnet`, {
    from: hub,
    address,
    port: 443,
    open: true,
  });
  const other = await answerFor(stage, hub, otherApp);
  record.check(`${otherApp} resolves as before`, other === before, `${other}, before ${before}`);
  const resources = await stage.world.resources();
  const managed = await networkId(stage, 'mendix-prod-vnet');
  const states = [hub, managed].map((network) => peeringState(resources, network));
  record.check(
    'Both halves of the peering are connected',
    states.every((state) => state === 'Connected'),
    states.join(' and '),
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
