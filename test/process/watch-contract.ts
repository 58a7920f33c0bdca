/** What the watchdog does on whichever database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import type { ApprovalRule } from '../../src/policy/approval-rule.ts';
import type { Rotation } from '../../src/policy/on-call.ts';
import type { Person } from '../../src/policy/people.ts';
import { makeRound } from '../../src/process/watch.ts';
import { startAzureSimulator } from '../../src/simulators/azure/start.ts';
import type { Simulator } from '../../src/simulators/server.ts';
import { readFlow } from '../../src/store/flows.ts';
import { type House, houses, thread, type UseGround } from '../conversation/house.ts';
import {
  approvedState,
  askForApproval,
  keyIn,
  openReading,
  quiet,
  round,
  saidIn,
  undeliverable,
} from './watch-house.ts';

export function watchContract(ground: UseGround): void {
  const openHouse = houses(ground);
  let azure: Simulator;

  beforeAll(async () => {
    azure = await startAzureSimulator({ speed: 1000 });
  });
  afterAll(() => azure.close());

  function open(): House {
    const house = openHouse();
    openReading(house, azure.origin);
    return house;
  }

  /** Whoever is on call, and where they are told in private. */
  async function asked(house: House, caseId: string): Promise<{ person: string; chat: string }> {
    const person = (await approvedState(house, caseId)).approval.asked ?? '';
    return { person, chat: `dm-${person}` };
  }

  it('makes a round again that could not be taken: the same one within the hour, another one later', async () => {
    const house = open();
    const ids: string[] = [];
    function deliver(delivery: { id: string }): Promise<never> {
      ids.push(delivery.id);
      return Promise.reject(new Error('This round cannot be taken.'));
    }
    for (const at of ['2026-03-02T09:00:00Z', '2026-03-02T09:20:00Z', '2026-03-02T10:00:00Z']) {
      const looked = makeRound({
        store: house.store,
        inbox: { deliver },
        owner: 'watch-1',
        directory: () => house.directory,
        now: () => Temporal.Instant.from(at),
        logs: { info: () => undefined, error: () => undefined },
      });
      await expect(looked).rejects.toThrow('cannot be taken');
    }

    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  describe('an approval that could not be posted', () => {
    it('is told to the requester and the administrators, posted anew, and told to be over', async () => {
      const house = open();
      await round(house);
      for (const room of ['on-call', 'dm-approver-1', 'dm-approver-2']) {
        house.platform.refuse(room, undeliverable('Writing there: it was archived.'), 1);
      }
      const caseId = await askForApproval(house);
      await round(house);

      expect(saidIn(house, 'dm-admin').join(' ')).toMatch(/Nobody can see an approval: .*it was archived/);
      expect(saidIn(house, 'team').join(' ')).toContain('Nobody can see your request for an approval yet');
      const card = await keyIn(house, caseId, 'on-call');
      await round(house);
      expect(saidIn(house, 'team').at(-1)).toContain('can be seen and decided now');
      const reply = await house.press({ message: card, verb: 'approve', person: (await asked(house, caseId)).person });
      expect(reply).toMatchObject({ outcome: 'done' });
    });

    it('is found when its card was posted and the channel went away since', async () => {
      const house = open();
      await round(house);
      const caseId = await askForApproval(house);
      const { person, chat } = await asked(house, caseId);
      const message = await keyIn(house, caseId, 'on-call');
      for (const room of ['on-call', chat]) {
        house.platform.refuse(room, undeliverable('Writing there: channel_not_found.'), 1);
      }
      await house.press({ message, verb: 'ask-change', person, inputs: { reason: 'Only one app, please.' } });
      await quiet(house);
      await round(house);

      expect(saidIn(house, 'dm-admin').join(' ')).toContain('channel_not_found');
    });
  });

  it('repairs a decided card whose buttons were left standing', async () => {
    const house = open();
    await round(house);
    const caseId = await askForApproval(house);
    const { chat, person } = await asked(house, caseId);
    const message = await keyIn(house, caseId, 'on-call');
    house.platform.refuse(chat, undeliverable('Writing there: not now.'), 1);
    await house.press({ message, verb: 'reject', person, inputs: { reason: 'Not today.' } });
    await quiet(house);
    const before = house.platform.arrived.filter(({ place }) => place.conversation === chat).length;
    await round(house);

    const after = house.platform.arrived.filter(({ place }) => place.conversation === chat);
    expect(after.length).toBe(before + 1);
    expect(after.at(-1)?.verbs).not.toContain('approve');
    await round(house);
    expect(house.platform.arrived.filter(({ place }) => place.conversation === chat)).toHaveLength(after.length);
    expect(saidIn(house, 'dm-admin')).toEqual([]);
  });

  it('finds an approval that nobody may decide any more, and tells when somebody may again', async () => {
    const house = open();
    await round(house);
    await askForApproval(house);
    const { people } = house.directory;
    const none: Directory = {
      ...house.directory,
      people: people.map((one) => withoutRole(one, 'approver')),
    };

    await round(house, { directory: none });

    expect(saidIn(house, 'dm-admin').join(' ')).toContain('Nobody may decide about an approval any more');
    expect(saidIn(house, 'team').at(-1)).toContain('Nobody but you may decide');
    await round(house);
    expect(saidIn(house, 'team').at(-1)).toContain('can be seen and decided now');
  });

  it('begins a plan that waits for the end of a freeze, once it is lifted', async () => {
    const house = open();
    await round(house);
    await house.say('freeze mendix-prod for 2 days: go-live', { person: 'admin', place: thread('admins') });
    const caseId = await askForApproval(house);
    const { person } = await asked(house, caseId);
    await house.press({ message: await keyIn(house, caseId, 'on-call'), verb: 'approve', person });
    await round(house);
    expect(await dueTimes(house)).toEqual(['2026-11-25T10:00:00.000Z']);

    await house.say('lift the freeze: it went well', { person: 'admin', place: thread('admins') });
    await round(house);
    await round(house);

    expect(await dueTimes(house)).toEqual(['2026-11-23T10:00:00.000Z']);
  });

  it('leaves no trace of rounds that find nothing', async () => {
    const house = open();
    await askForApproval(house);
    await round(house);
    const first = await readFlow(house.store.read, 'watch');
    await round(house);
    await round(house);

    expect((await readFlow(house.store.read, 'watch'))?.revision).toBe(first?.revision);
    expect(first?.revision).toBe(1);
  });

  describe('whoever comes on call', () => {
    it('gets one summary, whatever the number of replicas, rounds and restarts', async () => {
      const house = open();
      await round(house);
      const caseId = await askForApproval(house);
      await askForApproval(house, 'other');
      const { person } = await asked(house, caseId);
      const next = person === 'approver-1' ? 'approver-2' : 'approver-1';
      const directory = handedOver(house);
      const second = house.inboxOn(ground().second);

      await Promise.all([
        round(house, { directory }),
        round(house, { directory, store: ground().second, inbox: second, owner: 'watch-2' }),
      ]);
      await round(house, { directory, owner: 'watch-1, after a restart' });
      await round(house, { directory, store: ground().second, inbox: second, owner: 'watch-2' });

      const told = house.platform.arrived.filter(({ content }) => content.card?.name === 'waiting');
      expect(told).toMatchObject([{ place: { conversation: `dm-${next}` } }]);
      expect(told[0]?.content.text).toContain('2 approvals wait for you');
    });
  });
}

function withoutRole(person: Person, gone: string): Person {
  const { roles, ...rest } = person;
  return { ...rest, roles: roles.filter((role) => role !== gone) };
}

function turned({ people, ...rotation }: Rotation): Rotation {
  return { ...rotation, people: people.toReversed() };
}

function withTurned({ rotation, ...rule }: ApprovalRule): ApprovalRule {
  return { ...rule, rotation: rotation === null ? null : turned(rotation) };
}

/** The other person of the rotation is on call. */
function handedOver({ directory }: House): Directory {
  const { approvalRules = [], rotation } = directory;
  return {
    ...directory,
    rotation: rotation === null ? null : turned(rotation),
    approvalRules: approvalRules.map(withTurned),
  };
}

/** When plans are to be carried out; null: at once. */
async function dueTimes(house: House): Promise<(string | null)[]> {
  const rows = await house.store.read.selectFrom('effect').select('due_at').where('type', '=', 'apply-plan').execute();
  return rows.map(({ due_at }) => due_at);
}
