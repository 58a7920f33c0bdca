import { describe, expect, it } from 'vitest';
import { deriveToken } from '../../../../src/cards/token.ts';
import { contentOf } from '../../../cards/samples.ts';
import { channel, first, openHouse, tokenKey } from './house.ts';
import { press } from './payloads.ts';

const approval = { text: 'Approve?', card: contentOf('approval'), speaker: null };

describe('a button whose card asks for something', () => {
  it('opens the form first', async () => {
    const house = await openHouse();
    const token = await house.post({ key: 'case-1/approval', content: approval, verbs: ['approve', 'reject'] });
    const pressed = press({ verb: 'reject', value: token('reject'), user: 'U0APPROVER1' });

    const { status, text } = await house.interact(pressed);

    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(house.clicked).toEqual([]);
    expect(house.opened).toEqual([
      {
        id: `slack/click/${pressed.trigger_id}`,
        person: 'approver-1',
        place: expect.objectContaining({ conversation: channel }) as unknown,
        verb: 'reject',
        token: deriveToken({ key: tokenKey, tokenId: 'case-1/approval#1', verb: 'reject', person: 'approver-1' }),
        userId: 'U0APPROVER1',
        triggerId: pressed.trigger_id,
      },
    ]);
  });

  it('is a click like any other when it sends nothing of the form', async () => {
    const house = await openHouse();
    const form = { text: 'Connect', card: contentOf('connect-form'), speaker: null };
    const token = await house.post({ key: 'case-1/connect', content: form, verbs: ['connect-continue', 'cancel'] });

    await house.interact(press({ verb: 'cancel', value: token('cancel') }));
    await house.interact(press({ verb: 'connect-continue', value: token('connect-continue') }));

    expect(house.clicked.map(({ verb }) => verb)).toEqual(['cancel']);
    expect(house.opened.map(({ verb }) => verb)).toEqual(['connect-continue']);
  });

  it('opens the form of the card as it stands now, also from a card that is a moment old', async () => {
    const house = await openHouse();
    const old = await house.post({ key: 'case-1/approval', content: approval, verbs: ['approve', 'reject'] });
    await house.post({ key: 'case-1/approval', content: approval, verbs: ['approve', 'reject'] });

    await house.interact(press({ verb: 'reject', value: old('reject'), user: 'U0APPROVER1' }));

    expect(house.opened).toHaveLength(1);
  });

  it('is a click when the card does not ask any more, and the house says where it stands', async () => {
    const house = await openHouse();
    const old = await house.post({ key: 'case-1/approval', content: approval, verbs: ['approve', 'reject'] });
    await house.post({ key: 'case-1/approval', content: approval, verbs: [] });

    await house.interact(press({ verb: 'reject', value: old('reject'), user: 'U0APPROVER1' }));

    expect(house.opened).toEqual([]);
    expect(house.clicked).toHaveLength(1);
  });

  it('decides nothing when Slack gives no leave to open it', async () => {
    const house = await openHouse();
    const token = await house.post({ key: 'case-1/approval', content: approval, verbs: ['reject'] });

    await house.interact(
      press({ verb: 'reject', value: token('reject'), user: 'U0APPROVER1', more: { trigger_id: null } }),
    );

    expect((await first(house.told)).text).toContain('once more');
    expect([house.clicked, house.opened]).toEqual([[], []]);
  });

  it('says privately why there is no form', async () => {
    const house = await openHouse();
    const token = await house.post({ key: 'case-1/approval', content: approval, verbs: ['reject'] });
    house.answerWith({ outcome: 'refused', because: 'You asked for this plan.', errors: [] });

    await house.interact(press({ verb: 'reject', value: token('reject') }));

    expect(house.opened).toHaveLength(1);

    expect((await first(house.told)).text).toBe('You asked for this plan.');
  });
});
