import { describe, expect, it } from 'vitest';
import { showText } from '../../../src/flows/message.ts';
import { caseIn, countRows, effectRow, type House, houses, soon, text, thread, type UseGround } from '../house.ts';

export function formContract(ground: UseGround): void {
  const openHouse = houses(ground);

  /** The card of a ticket before it is sent; its button “open-ticket” sends two fields. */
  async function openPreview(): Promise<{ house: House; message: string }> {
    const house = openHouse();
    await house.say('prod is down since 8, recovery button did nothing, pls help');
    const message = `${await caseIn(house)}/support`;
    await house.press({ message, verb: 'triage-continue', inputs: { faultLocation: 'unknown' } });
    await house.press({ message, verb: 'preview-ticket' });
    return { house, message };
  }

  function formRows(house: House) {
    return house.store.read.selectFrom('effect').select('id').where('type', '=', 'open-form').execute();
  }

  describe('a button whose form comes first', () => {
    it('opens it for whoever pressed, and changes nothing in the case', async () => {
      const { house, message } = await openPreview();
      const before = await countRows(house.store);

      const reply = await house.askForm({ message, verb: 'open-ticket', id: 'press' });
      house.openOutbox();

      expect(reply).toMatchObject({ outcome: 'done' });
      await expect
        .poll(() => house.platform.forms, soon)
        .toEqual([
          {
            triggerId: 'trigger-press',
            userId: 'user-requester',
            messageKey: message,
            verb: 'open-ticket',
            person: 'requester',
          },
        ]);
      // What was sent is in the audit, and nothing else has changed.
      const { audit: _audit, ...rows } = await countRows(house.store);
      expect({ ...before, effect: before.effect + 1 }).toMatchObject(rows);
    });

    it('opens it once, however often the platform repeats the press', async () => {
      const { house, message } = await openPreview();
      const press = { message, verb: 'open-ticket', id: 'press' };

      const replies = [await house.askForm(press), await house.askForm(press)];

      expect(replies.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
      expect(await formRows(house)).toHaveLength(1);
    });

    it('opens the present form from an older card that still offers it', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      await house.press({ message, verb: 'back' });
      await house.press({ message, verb: 'preview-ticket' });

      expect(await house.askForm({ message, verb: 'open-ticket', token })).toMatchObject({ outcome: 'done' });
      expect(await formRows(house)).toHaveLength(1);
    });

    it.each([
      ['of somebody else', { person: 'approver-1' }, 'somebody else'],
      ['that was made up', { token: 'nonsense' }, 'do not know this button'],
      ['for another verb', { verb: 'not-now' }, 'somebody else'],
    ])('%s is refused, and opens nothing', async (_what, button, because) => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');

      const reply = await house.askForm({ message, verb: 'open-ticket', token, ...button });

      expect(reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining(because) as unknown });
      expect(await formRows(house)).toEqual([]);
    });

    it('tells whoever may not send the form before they fill it in', async () => {
      const { house, message } = await openPreview();

      const reply = await house.askForm({ message, verb: 'open-ticket', person: 'approver-1' });

      expect(reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('Rosa') as unknown });
      expect(await formRows(house)).toEqual([]);
    });

    it('of a card that has moved on tells where it stands', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      await house.press({ message, verb: 'not-now' });

      const reply = await house.askForm({ message, verb: 'open-ticket', token });

      expect(reply).toMatchObject({ outcome: 'stale' });
      expect(await formRows(house)).toEqual([]);
    });

    it('that was used already opens no second form', async () => {
      const { house, message } = await openPreview();
      const token = await house.tokenOf(message, 'open-ticket', 'requester');
      await house.press({ message, verb: 'open-ticket', inputs: { subject: 'Down', body: 'Since 8.' } });

      const reply = await house.askForm({ message, verb: 'open-ticket', token });

      expect(reply.outcome).toBe('stale');
      expect(await formRows(house)).toEqual([]);
    });
  });

  describe('a form that is asked for', () => {
    it('is not opened when it is too late, and the person is told to press again', async () => {
      const { house, message } = await openPreview();
      await house.askForm({ message, verb: 'open-ticket', id: 'press' });
      house.clock.pass(3);

      house.openOutbox();

      await expect.poll(() => house.platform.texts(), soon).toContainEqual(expect.stringContaining('Press the button'));
      const told = house.platform.arrived.find(({ content }) => content.text.includes('Press the button'));
      expect(told).toMatchObject({ onlyFor: 'requester', place: thread('root') });
      expect(house.platform.forms).toEqual([]);
      expect(await effectRow(house.store, 'form/press')).toMatchObject({ status: 'dropped', outcome: '"expired"' });
    });

    it('and not taken by the platform is not tried again, and the person is told to press again', async () => {
      const { house, message } = await openPreview();
      house.platform.refuseForm(new Error('expired_trigger_id'));
      await house.askForm({ message, verb: 'open-ticket', id: 'press' });

      house.openOutbox();

      await expect.poll(() => house.platform.texts(), soon).toContainEqual(expect.stringContaining('Press the button'));
      expect(house.platform.forms).toEqual([]);
      expect(await effectRow(house.store, 'form/press')).toMatchObject({ status: 'failed' });
    });

    it('does not wait for messages that the platform takes slowly, and neither does an answer for one person', async () => {
      const { house, message } = await openPreview();
      house.platform.hold();
      house.openOutbox();
      const rooms = Array.from({ length: 12 }, (_, index) => text(`slow ${index}`, 'slow', `room-${index}`));
      await house.ask(...rooms);
      await expect.poll(() => house.platform.arrived.length, soon).toBeGreaterThanOrEqual(8);

      await house.askForm({ message, verb: 'open-ticket' });
      await house.ask(showText('answer', thread('root'), 'for you', { onlyFor: 'requester' }));

      await expect.poll(() => house.platform.forms.length, soon).toBe(1);
      await expect.poll(() => house.platform.arrived.map(({ content }) => content.text), soon).toContain('for you');
    });
  });
}
