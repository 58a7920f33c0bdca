/** A house with one card in a channel, which the requester's case belongs to. */
import type { CardContent } from '../../../src/flows/card.ts';
import type { CaseState } from '../../../src/flows/state.ts';
import { insertFlow } from '../../../src/store/flows.ts';
import { type BotAnswer, type House, onCall, openHouse, until } from './house.ts';

export const words = 'application/vnd.microsoft.activity.message';
export const card = 'application/vnd.microsoft.card.adaptive';

/** What tests read of a card that came back in an answer. */
export interface Shown {
  body: object[];
  actions?: { verb: string; data: object }[];
}

export async function houseWith(
  content: CardContent,
  verbs: readonly string[],
  changes: Parameters<typeof openHouse>[0] = {},
): Promise<{ house: House; message: string }> {
  const house = await openHouse(changes);
  for (const person of ['requester', 'approver-1', 'outsider']) {
    // The first one may come too late for Teams, as much has to be loaded before it is answered.
    await until(async () => (await house.say(person, 'help', { in: onCall })).status === 200);
  }
  const state = { flow: 'connect', requester: 'requester' } as unknown as CaseState;
  const flow = { state, revision: 1, at: Temporal.Now.instant().toString(), auditSeq: 0, auditHead: '' };
  await house.store.write((tx) => insertFlow(tx, 'case-1', flow));
  const message = await house.post({
    key: 'case-1/approval',
    place: { platform: 'teams', conversation: onCall, thread: null },
    content: { text: 'Approve?', card: content, speaker: null },
    verbs,
  });
  return { house, message };
}

export function valueOf({ body }: BotAnswer): Shown {
  return body?.value as Shown;
}
