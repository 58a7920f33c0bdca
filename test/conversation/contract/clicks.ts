import { describe, expect, it } from 'vitest';
import { deriveToken } from '../../../src/cards/token.ts';
import { caseIn, countRows, type House, houses, tokenKey, type UseGround } from '../house.ts';

const ticket = { subject: 'Production is down', body: 'Since 8. The recovery button did nothing.' };

export function clickContract(ground: UseGround): void {
  const openHouse = houses(ground);

  /** A card with two fields, of which the first one is needed and holds at most 150 characters. */
  async function openPreview(): Promise<{ house: House; message: string }> {
    const house = openHouse();
    await house.say('prod is down since 8, recovery button did nothing, pls help');
    const message = `${await caseIn(house)}/support`;
    await house.press({ message, verb: 'triage-continue', inputs: { faultLocation: 'unknown' } });
    expect(await house.press({ message, verb: 'preview-ticket' })).toMatchObject({ outcome: 'done' });
    return { house, message };
  }

  function ticketsAsked(house: House) {
    return house.store.read.selectFrom('effect').select('id').where('type', '=', 'open-ticket').execute();
  }

  describe('a button', () => {
    it('that was made up is not known', async () => {
      const { house, message } = await openPreview();
      const before = await countRows(house.store);
      const foreignKey = { key: 'another installation', tokenId: 'x', verb: 'open-ticket', person: 'requester' };

      const replies = [
        await house.press({ message, verb: 'open-ticket', token: 'nonsense' }),
        await house.press({ message, verb: 'open-ticket', token: deriveToken(foreignKey) }),
        await house.press({ message, verb: 'open-ticket', token: deriveToken({ ...foreignKey, key: tokenKey }) }),
      ];

      for (const reply of replies) {
        expect(reply).toMatchObject({
          outcome: 'refused',
          because: expect.stringContaining('do not know this button'),
        });
      }
      expect(await countRows(house.store)).toEqual(before);
    });

    it('that was shown to somebody else is refused', async () => {
      const { house, message } = await openPreview();
      const before = await countRows(house.store);
      const token = await house.tokenOf(message, 'open-ticket', 'requester');

      const reply = await house.press({ message, verb: 'open-ticket', person: 'approver-1', token });

      expect(reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('somebody else') });
      // Nothing but the record of who tried.
      const after = await countRows(house.store);
      expect(after).toEqual({ ...before, audit: before.audit + 1 });
    });

    it('whose verb the card does not offer is not known', async () => {
      const { house, message } = await openPreview();

      const reply = await house.press({ message, verb: 'approve' });

      expect(reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('do not know this button') });
    });

    it('pressed again with the same inputs gets the recorded answer, in whatever form they come', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      const first = await house.press({ message, verb: 'open-ticket', token, inputs: ticket });
      const before = await countRows(house.store);
      const { subject, body } = ticket;

      const again = [
        await house.press({ message, verb: 'open-ticket', token, inputs: ticket }),
        await house.press({ message, verb: 'open-ticket', token, inputs: { body, subject, stranger: 'ignored' } }),
        await house.press({ message, verb: 'open-ticket', token, inputs: { ...ticket, subject: `${subject}\u0000` } }),
      ];

      expect(first).toMatchObject({ outcome: 'done' });
      expect(again).toEqual([first, first, first]);
      expect(await countRows(house.store)).toEqual(before);
    });

    it('pressed again with other inputs is stale, and what was written is not sent unseen', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      await house.press({ message, verb: 'open-ticket', token, inputs: ticket });
      const before = await countRows(house.store);

      const other = await house.press({ message, verb: 'open-ticket', token, inputs: { ...ticket, body: 'Since 9.' } });

      expect(other).toMatchObject({ outcome: 'stale', because: expect.stringContaining('was not sent') });
      expect(await countRows(house.store)).toEqual(before);
    });

    it('pressed twice at one moment at two replicas does its work once', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      const inboxes = [house.inbox, house.inboxOn(ground().second)];

      const replies = await Promise.all(
        inboxes.map((inbox) => house.press({ message, verb: 'open-ticket', token, inputs: ticket, inbox })),
      );

      expect(replies.map((reply) => reply.outcome)).toEqual(['done', 'done']);
      expect(await ticketsAsked(house)).toHaveLength(1);
    });

    it('whose press the platform repeats, under the same id, gets the same answer', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      const first = await house.press({ message, verb: 'open-ticket', token, inputs: ticket, id: 'press' });

      const again = await house.press({ message, verb: 'open-ticket', token, inputs: ticket, id: 'press' });

      expect(again).toEqual(first);
      expect(await ticketsAsked(house)).toHaveLength(1);
    });
  });

  describe('what is written into a card', () => {
    it.each([
      ['nothing where something is needed', { ...ticket, subject: ' ' }],
      ['more than there is room for', { ...ticket, subject: 'x'.repeat(151) }],
      ['nothing at all', {}],
    ])('is judged by the rules of the card: %s', async (_what, inputs) => {
      const { house, message } = await openPreview();
      const before = await countRows(house.store);

      const reply = await house.press({ message, verb: 'open-ticket', inputs });

      expect(reply).toMatchObject({
        outcome: 'invalid',
        errors: expect.arrayContaining([expect.objectContaining({ input: 'subject' })]),
      });
      expect(await countRows(house.store)).toEqual(before);
    });

    it('and corrected is taken with the same button', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      await house.press({ message, verb: 'open-ticket', token, inputs: { ...ticket, subject: '' } });

      const reply = await house.press({ message, verb: 'open-ticket', token, inputs: ticket });

      expect(reply).toMatchObject({ outcome: 'done' });
    });

    it('is judged by the card that the person saw, not by the one that stands there now', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      await house.press({ message, verb: 'back' });
      const before = await countRows(house.store);

      const reply = await house.press({ message, verb: 'open-ticket', token, inputs: { subject: '' } });

      expect(reply).toMatchObject({ outcome: 'stale' });
      expect(await countRows(house.store)).toEqual(before);
    });
  });
}
