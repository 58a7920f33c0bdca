/** Every card that ships goes through the whole sending half, and Slack takes it: as a message, as a form, as a home. */
import { describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../../src/channels/channel.ts';
import { opensForm } from '../../../../src/cards/block-kit/form.ts';
import { toBlockKit } from '../../../../src/cards/block-kit/to-block-kit.ts';
import { objectsIn, textOf } from '../../../../src/cards/adaptive-card.ts';
import { createApi } from '../../../../src/channels/slack/api.ts';
import { createMemory } from '../../../../src/channels/slack/memory.ts';
import { createPace } from '../../../../src/channels/slack/pace.ts';
import { post } from '../../../../src/channels/slack/put.ts';
import { cardNames } from '../../../../src/cards/templates.ts';
import { contentOf, filledSample } from '../../../cards/samples.ts';
import { botToken, type House, openHouse, team } from './house.ts';
import { press } from './press.ts';

function shown(name: (typeof cardNames)[number]): { content: Outgoing['content']; verbs: string[] } {
  const verbs = [...objectsIn(filledSample(name))]
    .filter((node) => node['type'] === 'Action.Execute')
    .map((node) => textOf(node, 'verb'));
  return { content: { text: `The card ${name}`, speaker: null, card: contentOf(name) }, verbs };
}

describe.each(cardNames)('the card %s', (name) => {
  const { content, verbs } = shown(name);

  it('is taken as a message, with a call and without, and as an edit', async () => {
    const house = await openHouse();

    const platformId = await house.post({ key: 'case-1/a', content, verbs, mention: ['approver-1'] });
    await house.post({ key: 'case-1/a', content, verbs: [], platformId });
    await house.post({ key: 'case-1/b', content, verbs, onlyFor: 'requester' });

    expect(await house.written()).toMatchObject([{ ts: platformId, edits: 1 }]);
    expect((await house.world()).ephemeral).toHaveLength(1);
  });

  it.each(verbs.filter((verb) => opensForm(filledSample(name), verb)))('opens the form of %s', async (verb) => {
    const house = await openHouse();
    const ts = await house.post({ key: 'case-1/a', content, verbs });
    const { trigger_id: triggerId } = await press(house, { user: 'U0REQUESTER', channel: team, ts, action_id: verb });

    await house.out.openForm({
      triggerId,
      userId: 'U0REQUESTER',
      messageKey: 'case-1/a',
      verb,
      person: 'requester',
    });

    expect((await house.world()).views).toMatchObject([{ callback_id: verb }]);
  });
});

describe('a workspace that does not know the newest blocks', () => {
  const table = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'Table',
        columns: [{ width: 1 }],
        rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [{ type: 'TextBlock', text: 'a cell' }] }] }],
      },
    ],
  };

  function sender(house: House): (number: number) => Promise<string> {
    const bot = { signingSecret: null, botToken, appToken: null, apiUrl: `${house.slack.origin}/api/` };
    function now(): Temporal.Instant {
      return Temporal.Now.instant();
    }
    const deps = {
      api: createApi({ bot, pace: createPace(now, () => 0) }),
      memory: createMemory(house.store, now),
      log: () => undefined,
    };
    return (number) =>
      post(deps, { channel: team, thread: null }, { key: `case-1/${number}`, revision: 1 }, (olderBlocks) => ({
        ...toBlockKit(table, { olderBlocks }),
        isCut: false,
      }));
  }

  it('gets older ones at the second try, and from then on', async () => {
    const house = await openHouse();
    await house.control('settings', { newerBlocks: false });
    const send = sender(house);

    await send(1);
    await send(2);

    const types = (await house.written()).map(({ blocks }) => blocks?.map(({ type }) => type));
    expect(types.flat()).not.toContain('table');
    expect(types).toHaveLength(2);
    expect(await house.calls('chat.postMessage')).toHaveLength(3);
  });

  it('is told from one that knows them', async () => {
    const house = await openHouse();

    await sender(house)(1);

    expect((await house.written())[0]?.blocks?.[0]?.type).toBe('table');
  });
});
