import { describe, expect, it } from 'vitest';
import { showText } from '../../../src/flows/message.ts';
import type { Store } from '../../../src/store/store.ts';
import { caseIn, houses, soon, team, text, thread, type UseGround } from '../house.ts';

/** What an auditor finds in the chain of a case, without any other table. */
export function evidenceContract(ground: UseGround): void {
  const openHouse = houses(ground);

  describe('the audit keeps', () => {
    it('who it was, as the settings knew them then, with what was understood, decided and answered', async () => {
      const house = openHouse();
      await house.say('prod is down since 8, recovery button did nothing');

      const [said] = await payloads(house.store, await caseIn(house), 'said');

      expect(said).toMatchObject({
        event: { person: 'requester', text: 'prod is down since 8, recovery button did nothing' },
        people: { requester: { name: 'Rosa Requester', roles: ['requester'], email: 'requester@example.com' } },
        reply: { outcome: 'done' },
        flow: 'support',
        changed: { answers: { environment: 'production' }, verdict: { because: expect.any(Array) } },
      });
    });

    it('who pressed what and was not let, before it became an event', async () => {
      const house = openHouse();
      await house.say('prod is down since 8, recovery button did nothing, pls help');
      const caseId = await caseIn(house);
      const message = `${caseId}/support`;
      await house.press({ message, verb: 'triage-continue', inputs: { faultLocation: 'unknown' } });
      const token = await house.tokenOf(message, 'preview-ticket', 'requester');
      const stranger = { id: 'teams/click/1', person: 'teams/29:x', place: team, because: 'I do not know you yet.' };

      await house.press({ message, verb: 'preview-ticket', person: 'approver-1', token });
      await house.askForm({ message, verb: 'not-offered', person: 'admin', token });
      await house.inbox.refuse({ ...stranger, verb: 'preview-ticket', token });
      await house.inbox.refuse({ ...stranger, verb: 'preview-ticket', token: 'made.up.token' });

      expect(await payloads(house.store, caseId, 'press-refused')).toMatchObject([
        {
          event: { type: 'clicked', person: 'approver-1', verb: 'preview-ticket', message },
          reply: { outcome: 'refused', because: expect.stringContaining('somebody else') },
          people: { 'approver-1': { name: 'Anna Approver' } },
        },
        { event: { person: 'admin', verb: 'not-offered' }, reply: { outcome: 'refused' } },
        { event: { person: 'teams/29:x' }, reply: { because: 'I do not know you yet.' }, people: {} },
      ]);
    });

    it('only what has changed, and nothing twice', async () => {
      const house = openHouse();
      await house.say('prod is down since 8');
      const caseId = await caseIn(house);
      await house.say('help');

      const [first, second] = await payloads(house.store, caseId, 'said');

      expect(first?.['changed']).toMatchObject({ place: { as: 'event.place' } });
      expect(second?.['changed']).toEqual({});
    });

    it('every message as it was sent, and as it was edited', async () => {
      const house = openHouse();
      await house.say('help');
      const caseId = await caseIn(house);
      house.openOutbox();
      await house.askIn(caseId, text('card', 'first'));
      await expect.poll(() => house.platform.texts(), soon).toContain('first');
      await house.askIn(caseId, { ...text('card', 'second'), mention: ['approver-1'] });
      await expect
        .poll(() => sentTexts(house.store, caseId), soon)
        .toEqual(expect.arrayContaining(['first', 'second']));

      const sent = await payloads(house.store, caseId, 'message-sent');
      const cards = sent.filter((message) => message['message'] === 'card');

      expect(cards).toMatchObject([
        {
          revision: 1,
          edited: false,
          place: team,
          content: { text: 'first' },
          platformId: expect.stringMatching(/^posted-/),
        },
        { revision: 2, edited: true, mention: ['approver-1'], content: { text: 'second' } },
      ]);
    });

    it('no message that never left', async () => {
      const house = openHouse();
      await house.say('help');
      const caseId = await caseIn(house);
      house.platform.refuse('team', Object.assign(new Error('no such room'), { name: 'Undeliverable' }), 99);
      house.openOutbox();
      await house.askIn(caseId, text('card', 'lost'));
      await expect
        .poll(async () => (await payloads(house.store, caseId, 'effect-failed')).length, soon)
        .toBeGreaterThan(0);

      expect(await sentTexts(house.store, caseId)).not.toContain('lost');
    });

    it('what was to be written at the desk, word for word', async () => {
      const house = openHouse();
      await house.say('prod is down since 8, nothing has changed, recovery did not help');
      const caseId = await caseIn(house);
      const message = `${caseId}/support`;
      await house.press({ message, verb: 'triage-continue', inputs: { faultLocation: 'unknown' } });
      await house.press({ message, verb: 'preview-ticket' });
      await house.press({ message, verb: 'open-ticket', inputs: { subject: 'It is down', body: 'All of it' } });

      const clicks = await payloads(house.store, caseId, 'clicked');

      expect(clicks.at(-1)?.['effects']).toContainEqual(
        expect.objectContaining({
          type: 'open-ticket',
          request: expect.objectContaining({ subject: 'It is down', body: expect.stringContaining('All of it') }),
        }),
      );
    });

    it('no secret, wherever somebody pasted it, and says that there was one', async () => {
      const house = openHouse();
      house.openOutbox();
      await house.say('prod is down, password: hunter2-hunter2 and xoxb-1234567890-abcdefghij');
      const caseId = await caseIn(house);
      await house.askIn(caseId, showText('echo', thread('root'), 'Authorization: Basic aHVudGVyMg=='));
      await expect
        .poll(() => sentTexts(house.store, caseId), soon)
        .toContainEqual(expect.stringContaining('[removed]'));

      const rows = await house.store.read.selectFrom('audit_payload').select('body').execute();
      const all = rows.map(({ body }) => body).join('\n');

      expect(all).not.toMatch(/hunter2|xoxb-1|aHVudGVyMg/);
      expect(all).toContain('[removed]');
    });

    it('an event that could not be taken, with its reason; in the chain of the house when its case never began', async () => {
      const house = openHouse();
      Object.defineProperty(house.directory, 'people', {
        get: () => {
          throw new Error('unreadable people');
        },
      });
      await house.say('prod is down since 8', { id: 'bad' });

      const [kept] = await payloads(house.store, 'settings', 'event-not-taken');

      expect(kept).toMatchObject({
        of: expect.stringMatching(/^case-/),
        note: {
          id: 'bad',
          event: { text: 'prod is down since 8' },
          because: expect.stringContaining('unreadable people'),
        },
      });
    });
  });
}

async function payloads(store: Store, caseId: string, type: string): Promise<Record<string, unknown>[]> {
  const rows = await store.read
    .selectFrom('audit')
    .innerJoin('audit_payload', (join) =>
      join.onRef('audit_payload.case_id', '=', 'audit.case_id').onRef('audit_payload.seq', '=', 'audit.seq'),
    )
    .select('audit_payload.body')
    .where('audit.case_id', '=', caseId)
    .where('audit.type', '=', type)
    .orderBy('audit.seq')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

async function sentTexts(store: Store, caseId: string): Promise<string[]> {
  const sent = await payloads(store, caseId, 'message-sent');
  return sent.map((message) => (message['content'] as { text: string }).text);
}
