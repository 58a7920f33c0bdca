import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArm } from '../../../src/azure/arm.ts';
import type { ShowMessage } from '../../../src/flows/effect.ts';
import { readHandlers } from '../../../src/process/handlers.ts';
import { startAzureSimulator } from '../../../src/simulators/azure/start.ts';
import type { Simulator } from '../../../src/simulators/server.ts';
import { readApproval } from '../../../src/store/approvals.ts';
import { listMessages } from '../../../src/store/messages.ts';
import { readFlow } from '../../../src/store/flows.ts';
import { atRest, caseIn, type House, houses, soon, type UseGround } from '../house.ts';

export function approvalContract(ground: UseGround): void {
  const openHouse = houses(ground);
  let azure: Simulator;

  beforeAll(async () => {
    azure = await startAzureSimulator({ speed: 1000 });
  });
  afterAll(() => azure.close());

  async function waitFor(house: House, caseId: string, at: string): Promise<void> {
    await expect.poll(async () => (await readFlow(house.store.read, caseId))?.state, soon).toMatchObject({ at });
  }

  /** A plan that waits for its decision, made by reading the simulated Azure. */
  async function askForApproval(): Promise<{ house: House; caseId: string; message: string }> {
    const house = openHouse();
    const arm = createArm({ armUrl: azure.origin });
    const rest = { store: house.store, desk: null as never, now: () => house.clock.now(), owner: 'test' };
    house.openOutbox({ reads: readHandlers({ arm, directory: () => house.directory, ...rest }) });
    await house.say('connect mendix-prod to hub-vnet for app orders');
    const caseId = await caseIn(house);
    const wizard = `${caseId}/connect`;
    const inputs = { environment: 'mendix-prod', apps: 'orders' };
    await waitFor(house, caseId, 'asking');
    const network = await networkOf(house, caseId);
    await house.press({ message: wizard, verb: 'connect-continue', inputs: { ...inputs, network } });
    await waitFor(house, caseId, 'choosing');
    await house.press({ message: wizard, verb: 'use-peering' });
    await house.press({ message: wizard, verb: 'ask-approval' });
    await waitFor(house, caseId, 'awaiting-approval');
    await atRest(house.store);
    return { house, caseId, message: await cardWith(house, caseId, 'approve') };
  }

  async function decisionOf(house: House, caseId: string) {
    const flow = await readFlow(house.store.read, caseId);
    const id = flow?.state !== undefined && 'approval' in flow.state ? flow.state.approval.id : '';
    return readApproval(house.store.read, id);
  }

  describe('a plan that waits for a decision', () => {
    it('is decided once, when two approvers press at one moment at two replicas', async () => {
      const { house, caseId, message } = await askForApproval();
      const second = house.inboxOn(ground().second);

      const replies = await Promise.all([
        house.press({ message, verb: 'approve', person: 'approver-1' }),
        house.press({ message, verb: 'approve', person: 'approver-2', inbox: second }),
      ]);

      expect(replies.map((reply) => reply.outcome).toSorted()).toEqual(['already-decided', 'done']);
      const work = await house.store.read.selectFrom('effect').select('id').where('type', '=', 'apply-plan').execute();
      expect(work).toHaveLength(1);
      expect(await decisionOf(house, caseId)).toMatchObject({ status: 'approved' });
    });

    it('is decided once, when one approves and one rejects at one moment', async () => {
      const { house, caseId, message } = await askForApproval();
      const second = house.inboxOn(ground().second);

      const replies = await Promise.all([
        house.press({ message, verb: 'approve', person: 'approver-1', inbox: second }),
        house.press({ message, verb: 'reject', person: 'approver-2', inputs: { reason: 'Not today.' } }),
      ]);

      const winner = replies[0]?.outcome === 'done' ? 'approver-1' : 'approver-2';
      expect(replies.map((reply) => reply.outcome).toSorted()).toEqual(['already-decided', 'done']);
      expect(await decisionOf(house, caseId)).toMatchObject({ decidedBy: winner });
    });

    it('is not decided on a card that was renewed meanwhile', async () => {
      const { house, caseId, message } = await askForApproval();
      const token = await house.tokenOf(message, 'approve', 'approver-1');
      await house.askIn(caseId, await sameAgain(house, message));

      const reply = await house.press({ message, verb: 'approve', person: 'approver-1', token });

      expect(reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('renewed') });
      expect(await decisionOf(house, caseId)).toMatchObject({ status: 'pending' });
      expect(await house.press({ message, verb: 'approve', person: 'approver-1' })).toMatchObject({ outcome: 'done' });
    });
  });
}

async function networkOf(house: House, caseId: string): Promise<string> {
  const state = (await readFlow(house.store.read, caseId))?.state;
  return state !== undefined && 'draft' in state ? (state.draft.networks[0] ?? '') : '';
}

/** Key of the message that offers this button. */
async function cardWith(house: House, caseId: string, verb: string): Promise<string> {
  const messages = await listMessages(house.store.read, caseId);
  return messages.find((message) => message.verbs.includes(verb))?.key ?? '';
}

/** The newest effect that showed this message, once more. */
async function sameAgain(house: House, message: string): Promise<ShowMessage> {
  const row = await house.store.read
    .selectFrom('effect')
    .select('body')
    .where('message_key', '=', message)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.body) as ShowMessage;
}
