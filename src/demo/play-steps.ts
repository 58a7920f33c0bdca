/** What people do in every scenario of a connection: ask, press, approve, and look at what the bot says. */
import { hasButton, linesOf } from './card.ts';
import type { ChatMessage } from './chat.ts';
import type { Stage } from './stage.ts';

export const inTeam = 'team';
export const onCall = 'on-call';

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

/** Goes through the cards by these buttons, one after the other. */
export async function goThrough(stage: Stage, thread: string, verbs: readonly string[]): Promise<void> {
  for (const verb of verbs) {
    await press(stage, inTeam, await card(stage, thread, verb), verb);
  }
}

/** The newest open request for approval, as the person on call sees it. */
export function approvalCard(stage: Stage, headline: RegExp): Promise<ChatMessage> {
  return stage.chat.waitFor(
    'approver-1',
    onCall,
    'the approval card',
    (message) => hasButton(message.card, 'approve') && linesOf(message.card).some((line) => headline.test(line)),
  );
}

/** The person on call reads the card and says yes. */
export async function approve(stage: Stage, headline = /^Approve\?/): Promise<void> {
  const { chat, record } = stage;
  const asked = await approvalCard(stage, headline);
  record.bot('on-call, as Anna Approver sees it', asked);
  record.person('Anna Approver', 'on-call', 'presses Approve');
  const { outcome, because } = await chat.press('approver-1', onCall, asked, 'approve');
  record.check('The person on call approves', outcome === 'done', `${outcome} ${because ?? ''}`.trim());
}

/** Until the proof stands in the thread. @param heading What the card says above everything else. */
export async function proof(stage: Stage, thread: string, heading: RegExp): Promise<ChatMessage> {
  const { chat, record } = stage;
  const result = await chat.waitFor('requester', inTeam, 'the proof', (message) => {
    if (message.thread !== thread) {
      return false;
    }
    if (/changes done/.test(message.text)) {
      record.progress(/\d+ of \d+ changes done/.exec(message.text)?.[0] ?? message.text);
    }
    if (/^(?:Undo stopped|Stopped)/.test(message.text)) {
      throw new Error(`The plan stopped: ${message.text}`);
    }
    return hasButton(message.card, 'check-again') && linesOf(message.card).some((line) => heading.test(line));
  });
  record.bot('team', result);
  return result;
}

export const proved = /the proof$/;
export const undone = /· undone$/;

/** Takes the connection back, with an approval of its own. */
export async function undo(stage: Stage, thread: string, result: ChatMessage): Promise<void> {
  stage.record.person('Rosa Requester', 'team', 'presses Undo');
  await press(stage, inTeam, result, 'undo');
  await goThrough(stage, thread, ['ask-approval']);
  await approve(stage, /^Approve\? Undo/);
  await proof(stage, thread, undone);
}

/** Id of the one resource of the simulated world whose id fits. */
export async function resourceId(stage: Stage, pattern: RegExp): Promise<string> {
  const id = Object.keys(await stage.world.resources()).find((known) => pattern.test(known));
  if (id === undefined) {
    throw new Error(
      `Looking for ${pattern} in the simulated world: it is not there. The demo needs the example world of “causeway simulate”.`,
    );
  }
  return id;
}

/** The network of an environment, or any other one, by its name. */
export function networkId(stage: Stage, name: string): Promise<string> {
  return resourceId(stage, new RegExp(`/virtualnetworks/${name}$`));
}

/** What the network answers for the name, in one line. */
export async function answerFor(stage: Stage, network: string, name: string): Promise<string> {
  const { addresses, status } = await stage.world.resolve(network, name);
  return `${status} ${addresses.join(', ')}`.trim();
}

/** Asks the simulated world, and holds it against what was claimed. */
export async function checkReach(
  stage: Stage,
  claim: string,
  way: { from: string; address: string; port: number; open: boolean },
): Promise<void> {
  const { because, open } = await stage.world.reach(way.from, way.address, way.port);
  stage.record.check(claim, open === way.open, because);
}
