/**
 * Text from people in every field of every card, through the channel as it is, to a Slack that tells whom a message
 * calls and where its links lead: as a message, as an edit, for one person, and as each of its forms.
 */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type AdaptiveCard, objectsIn, textOf } from '../../../../src/cards/adaptive-card.ts';
import { opensForm } from '../../../../src/cards/block-kit/form.ts';
import { fillCard } from '../../../../src/cards/fill.ts';
import { cardNames, cardSource } from '../../../../src/cards/templates.ts';
import type { Outgoing } from '../../../../src/channels/channel.ts';
import { createApi } from '../../../../src/channels/slack/api.ts';
import { createMemory } from '../../../../src/channels/slack/memory.ts';
import { createPace } from '../../../../src/channels/slack/pace.ts';
import { post } from '../../../../src/channels/slack/put.ts';
import { renderCard } from '../../../../src/channels/slack/render.ts';
import type { CardName } from '../../../../src/flows/card.ts';
import { contentOf, filledSample } from '../../../cards/samples.ts';
import { harm, hostile, noHarm } from '../hostile.ts';
import { botToken, openHouse, team } from '../sending/house.ts';
import { press } from '../sending/press.ts';

/** A token of a template's rules rather than words of somebody: with another one, parts of the card are not shown. */
const ruling = new Set(['tone', 'url']);

/** `all`: also what the template decides by. Without it, only what reads like words. */
function poisoned(name: CardName, words: string, all: boolean): unknown {
  return JSON.parse(JSON.stringify(cardSource(name).sample), (key, value: unknown) => {
    const isText = typeof value === 'string' && !ruling.has(key) && (all || /\s|^[A-Z]/.test(value));
    return isText ? words : value;
  }) as unknown;
}

function verbsOf(name: CardName): string[] {
  return [...objectsIn(filledSample(name))]
    .filter((node) => node['type'] === 'Action.Execute')
    .map((node) => textOf(node, 'verb'));
}

/** Some at once, because each goes through every form of a card. */
const together = [0, 4, 7, 10].map((from, index, starts) =>
  hostile
    .slice(from, starts[index + 1])
    .map(([, words]) => words)
    .join(' '),
);

interface Poison {
  content: Outgoing['content'];
  verbs: string[];
  forms: string[];
}

function poisonOf(name: CardName, words: string, all: boolean): Poison {
  const card = contentOf(name, poisoned(name, words, all));
  const verbs = verbsOf(name);
  return {
    content: { text: words, speaker: words, card },
    verbs,
    forms: verbs.filter((verb) => opensForm(fillCard(card), verb)),
  };
}

describe.each(cardNames)('the card %s', (name) => {
  it('is harmless, whatever stands in its texts', { timeout: 60_000 }, async () => {
    const house = await openHouse();
    await house.control('settings', { limits: 'off' });
    const poisons = together.flatMap((words) => [poisonOf(name, words, true), poisonOf(name, words, false)]);
    for (const [index, { content, forms, verbs }] of poisons.entries()) {
      const key = `case-1/${index}`;
      const ts = await house.post({ key, content, verbs });
      if (index < 2) {
        await house.post({ key, content, verbs, platformId: ts });
        await house.post({ key: `${key}-mine`, content, verbs, onlyFor: 'requester' });
      }
      for (const verb of forms) {
        const button = { user: 'U0REQUESTER', channel: team, ts, action_id: verb };
        const { trigger_id: triggerId } = await press(house, button);
        await house.out.openForm({ triggerId, userId: 'U0REQUESTER', messageKey: key, verb, person: 'requester' });
        const { views } = await house.world();
        expect(views.map((view) => harm(view))).toEqual([noHarm]);
      }
      // The bot sends a channel one message a second, and the workspace forty edits a minute.
      house.pass(60_000);
    }

    const { ephemeral } = await house.world();
    const messages = [...(await house.written()), ...ephemeral];
    expect(messages).toHaveLength(poisons.length + 2);
    expect(messages.filter((message) => !isDeepStrictEqual(harm(message), noHarm))).toEqual([]);
  });
});

it.each(hostile)('the cells of a table are harmless with %s', async (_what, words) => {
  const house = await openHouse();
  function now(): Temporal.Instant {
    return Temporal.Now.instant();
  }
  const bot = { signingSecret: null, botToken, appToken: null, apiUrl: `${house.slack.origin}/api/` };
  const parts = { api: createApi({ bot, pace: createPace(now, () => 0) }), memory: createMemory(house.store, now) };
  const cell = { type: 'TableCell', items: [{ type: 'TextBlock', text: words }] };
  const table = { type: 'Table', columns: [{ width: 1 }], rows: [{ type: 'TableRow', cells: [cell, cell] }] };
  const card = { type: 'AdaptiveCard', version: '1.5', body: [table] } as AdaptiveCard;

  for (const olderBlocks of [false, true]) {
    const look = { mentioned: [], revision: 1, olderBlocks };
    const where = { channel: team, thread: null };
    await post({ ...parts, log: () => undefined }, where, { key: 'case-1/table', revision: 1 }, () =>
      renderCard({ text: words }, card, look),
    );
  }

  const messages = await house.written();
  expect(messages.map(({ blocks }) => blocks?.[0]?.type)).toContain('table');
  expect(messages.map((message) => harm(message))).toEqual([noHarm, noHarm]);
});
