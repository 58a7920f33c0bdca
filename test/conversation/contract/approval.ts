import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArm } from '../../../src/azure/arm.ts';
import type { ShowMessage } from '../../../src/flows/effect.ts';
import type { Place } from '../../../src/flows/event.ts';
import { readHandlers } from '../../../src/process/handlers.ts';
import { startAzureSimulator } from '../../../src/simulators/azure/start.ts';
import type { Simulator } from '../../../src/simulators/server.ts';
import type { Directory } from '../../../src/flows/flow.ts';
import { defaultRule } from '../../../src/policy/approval-rule.ts';
import { readApproval } from '../../../src/store/approvals.ts';
import { listMessages } from '../../../src/store/messages.ts';
import { readFlow } from '../../../src/store/flows.ts';
import { atRest, caseIn, type House, houses, soon, thread, type UseGround } from '../house.ts';

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
  async function askForApproval(
    rules: Partial<Directory> = {},
    place: Place = thread('root'),
  ): Promise<{ house: House; caseId: string; message: string }> {
    const house = openHouse();
    Object.assign(house.directory, rules);
    const arm = createArm({ armUrl: azure.origin });
    const rest = { store: house.store, desk: null as never, now: () => house.clock.now(), owner: 'test' };
    house.openOutbox({ reads: readHandlers({ arm, directory: () => house.directory, ...rest }) });
    await house.say('connect mendix-prod to hub-vnet for app orders', { place });
    const caseId = await caseIn(house, place.thread ?? '');
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

    it('that needs two is decided by two who press at one moment, and by one who presses twice never', async () => {
      const { house, caseId, message } = await askForApproval({ approvalRules: [{ ...defaultRule, count: 2 }] });
      const second = house.inboxOn(ground().second);
      const token = await house.tokenOf(message, 'approve', 'approver-1');

      const twice = await Promise.all([
        house.press({ message, verb: 'approve', person: 'approver-1', token }),
        house.press({ message, verb: 'approve', person: 'approver-1', token, inbox: second }),
      ]);
      expect(twice.map((reply) => reply.outcome)).toEqual(['done', 'done']);
      expect(await decisionOf(house, caseId)).toMatchObject({ status: 'pending' });
      const other = await house.press({ message, verb: 'approve', person: 'approver-2', inbox: second });

      expect(other.outcome).toBe('done');
      expect(await decisionOf(house, caseId)).toMatchObject({ status: 'approved', decidedBy: 'approver-2' });
      const state = (await readFlow(house.store.read, caseId))?.state;
      expect(
        state !== undefined && 'approval' in state ? state.approval.votes.map(({ person }) => person) : [],
      ).toEqual(['approver-1', 'approver-2']);
    });

    it('is either withdrawn or begun, never both, when both happen at one moment at two replicas', async () => {
      const { house, caseId, message } = await askForApproval();
      await house.press({ message, verb: 'approve', person: 'approver-1' });
      const state = (await readFlow(house.store.read, caseId))?.state;
      const planId = state !== undefined && 'planId' in state ? state.planId : '';
      const second = house.inboxOn(ground().second);

      const [withdrawn, begun] = await Promise.all([
        house.press({ message: `${caseId}/connect`, verb: 'withdraw' }),
        second.deliver({ id: 'work/begins', caseId, event: { type: 'plan-begins', planId } }),
      ]);
      const again = await house.inbox.deliver({ id: 'work/begins', caseId, event: { type: 'plan-begins', planId } });

      expect([withdrawn.outcome, begun.outcome].filter((outcome) => outcome === 'done')).toHaveLength(1);
      expect(again).toEqual(begun);
      const isWithdrawn = withdrawn.outcome === 'done';
      expect((await readFlow(house.store.read, caseId))?.state).toMatchObject({
        at: isWithdrawn ? 'closed' : 'applying',
      });
      expect(await decisionOf(house, caseId)).toMatchObject({ status: isWithdrawn ? 'withdrawn' : 'approved' });
    });

    it('is decided once, when two press in two copies of its card at one moment', async () => {
      const places = {
        approvals: { platform: 'web' as const, conversation: 'on-call', thread: null },
        approvalCopies: ['on-call', 'support'].map((conversation) => {
          return { platform: 'web' as const, conversation, thread: null };
        }),
        support: null,
      };
      const { house, caseId } = await askForApproval({ places });
      const second = house.inboxOn(ground().second);
      const copies = (await listMessages(house.store.read, caseId)).filter(({ verbs }) => verbs.includes('approve'));
      expect(copies.map(({ place }) => place.conversation)).toEqual(expect.arrayContaining(['on-call', 'support']));
      const [here = '', there = ''] = copies.map(({ key }) => key);

      const replies = await Promise.all([
        house.press({ message: here, verb: 'approve', person: 'approver-1' }),
        house.press({ message: there, verb: 'reject', person: 'approver-2', inbox: second }),
      ]);

      expect(replies.map((reply) => reply.outcome).toSorted()).toEqual(['already-decided', 'done']);
      const after = await listMessages(house.store.read, caseId);
      expect(after.filter(({ verbs }) => verbs.includes('approve'))).toEqual([]);
    });

    it.each([
      ['slack', 'teams'],
      ['teams', 'slack'],
    ] as const)('asked for in %s is approved in %s, and every copy shows it', async (here, there) => {
      const chat = { platform: there, conversation: 'dm-whoever-is-on-call', thread: null };
      const { house, caseId } = await askForApproval(
        {
          places: { approvals: roomIn(here), approvalCopies: [roomIn(here), roomIn(there)], support: null },
          personPlaces: new Map(['approver-1', 'approver-2'].map((id) => [id, [chat]])),
        },
        { platform: here, conversation: 'team', thread: 'root-1' },
      );
      const copies = (await listMessages(house.store.read, caseId)).filter(({ verbs }) => verbs.includes('approve'));
      expect(copies).toHaveLength(3);
      const pressed = copies.find(({ place }) => place.platform === there && place.conversation !== chat.conversation);

      await house.press({ message: pressed?.key ?? '', verb: 'approve', person: 'approver-2' });

      await expect
        .poll(() => copies.map(({ key }) => newestOf(house, key)), soon)
        .toEqual(
          copies.map(() => ({ text: expect.stringContaining('approved by Ben Approver') as string, verbs: [] })),
        );
      for (const { key } of copies) {
        const late = await house.press({ message: key, verb: 'reject', person: 'approver-1' });
        expect(late.outcome).not.toBe('done');
      }
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

function roomIn(platform: Place['platform']): Place {
  return { platform, conversation: `${platform}-on-call`, thread: null };
}

/** As the platform has it by now. */
function newestOf(house: House, key: string) {
  const message = house.platform.arrived.findLast((arrived) => arrived.key === key);
  return { text: message?.content.text, verbs: message?.verbs };
}
