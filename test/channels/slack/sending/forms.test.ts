/** The form of a card: opened for one person, kept in step with the card, and never for an old one. */
import { describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../../src/channels/channel.ts';
import { deriveToken } from '../../../../src/cards/token.ts';
import { contentOf, sampleOf } from '../../../cards/samples.ts';
import { type House, openHouse, type SlackView, team, tokenKey, until } from './house.ts';
import { press } from './press.ts';

const key = 'case-1/connect';
const verb = 'connect-continue';
const verbs = [verb, 'cancel'];

function formCard(change: object = {}): Outgoing['content'] {
  const card = contentOf('connect-form', { ...sampleOf('connect-form'), ...change });
  return { text: 'Which networks?', speaker: null, card };
}

async function askedHouse(): Promise<{ house: House; platformId: string; triggerId: string }> {
  const house = await openHouse();
  const platformId = await house.post({ key, content: formCard(), verbs });
  const button = { user: 'U0REQUESTER', channel: team, ts: platformId, action_id: verb };
  const { trigger_id: triggerId } = await press(house, button);
  return { house, platformId, triggerId };
}

async function openedHouse(): Promise<{ house: House; platformId: string }> {
  const { house, platformId, triggerId } = await askedHouse();
  await house.out.openForm({ triggerId, userId: 'U0REQUESTER', messageKey: key, verb, person: 'requester' });
  return { house, platformId };
}

async function viewOf(house: House): Promise<SlackView | undefined> {
  return (await house.world()).views[0];
}

function tokenOf(revision: number): string {
  return deriveToken({ key: tokenKey, tokenId: `${key}#${revision}`, verb, person: 'requester' });
}

describe('a form', () => {
  it('opens with the fields of the card and the person’s own token', async () => {
    const { house } = await openedHouse();

    const view = await viewOf(house);
    expect(view).toMatchObject({ callback_id: verb, private_metadata: tokenOf(1) });
    expect(view?.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)).toContain('network');
  });

  it('is brought up to date by the next revision, under the same ids', async () => {
    const { house, platformId } = await openedHouse();
    const before = await viewOf(house);

    const networks = [{ title: 'new-vnet', value: '/new' }];
    await house.post({ key, content: formCard({ networks, network: '/new' }), verbs, platformId });

    const after = await until(async () => {
      const view = await viewOf(house);
      return view?.private_metadata === tokenOf(2) && view;
    });
    const ids = [before, after].map((view) => view?.blocks.map(({ block_id, type }) => type === 'input' && block_id));
    expect(after.hash).not.toBe(before?.hash);
    expect(ids[1]?.filter(Boolean)).toEqual(ids[0]?.filter(Boolean));
    const network = after.blocks.find(({ block_id }) => block_id === 'network');
    expect(JSON.stringify(network)).toContain('new-vnet');
  });

  it('is brought up to date also while the edit of its card is held back', async () => {
    const { house, platformId } = await openedHouse();
    await house.post({ key, content: formCard({ apps: 'one' }), verbs, platformId });

    await house.post({ key, content: formCard({ apps: 'two' }), verbs, platformId }).catch(() => undefined);

    await until(async () => (await viewOf(house))?.private_metadata === tokenOf(3));
  });

  it('asks no more when the card has moved on', async () => {
    const { house, platformId } = await openedHouse();

    const over: Outgoing['content'] = { text: 'Planned', speaker: null, card: contentOf('connect-status') };
    await house.post({ key, content: over, verbs: ['cancel'], platformId });

    const view = await until(async () => {
      const now = await viewOf(house);
      return now?.blocks.every(({ type }) => type !== 'input') === true && now;
    });
    expect(view.title?.text).toBe('No longer needed');
    expect(view.private_metadata ?? '').toBe('');
  });

  it('is let go of once it was sent or closed', async () => {
    const { house, platformId } = await openedHouse();
    const view = await viewOf(house);
    await house.out.formClosed(view?.id ?? '');

    await house.post({ key, content: formCard({ apps: 'one' }), verbs, platformId });
    await house.out.stop(2_000);

    expect(await house.calls('views.update')).toEqual([]);
  });

  it('shows what was sent while it opened', async () => {
    const { house, platformId, triggerId } = await askedHouse();
    const opening = { triggerId, userId: 'U0REQUESTER', messageKey: key, verb, person: 'requester' };

    await Promise.all([
      house.out.openForm(opening),
      house.post({ key, content: formCard({ apps: 'one' }), verbs, platformId }),
    ]);

    await until(async () => (await viewOf(house))?.private_metadata === tokenOf(2));
  });
});

describe('no form opens', () => {
  const opening = { userId: 'U0REQUESTER', messageKey: key, verb, person: 'requester' };

  it('with a trigger that is over or was used', async () => {
    const { house, triggerId } = await askedHouse();
    await house.out.openForm({ ...opening, triggerId });

    await expect(house.out.openForm({ ...opening, triggerId })).rejects.toThrow(/once more/);
    await expect(house.out.openForm({ ...opening, triggerId: '1.2.3' })).rejects.toThrow(/once more/);
  });

  it('for a button that the card does not have any more', async () => {
    const { house, platformId, triggerId } = await askedHouse();
    await house.post({ key, content: formCard(), verbs: [], platformId });

    await expect(house.out.openForm({ ...opening, triggerId })).rejects.toThrow(/newest card/);
  });

  it('for a card that nobody knows', async () => {
    const house = await openHouse();

    await expect(house.out.openForm({ ...opening, messageKey: 'case-9/none', triggerId: '1.2.3' })).rejects.toThrow(
      /newest card/,
    );
  });
});
