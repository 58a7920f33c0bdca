import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { executesIn, objectsIn, textOf } from '../../../src/cards/adaptive-card.ts';
import { cardNames } from '../../../src/cards/templates.ts';
import { type CardView, renderCard, renderForTeams } from '../../../src/channels/teams/render.ts';
import { contentOf, sampleOf } from '../../cards/samples.ts';
import { hostile, invisible } from './hostile.ts';

const { AdaptiveCard, SerializationContext } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof import('adaptivecards');

function viewOf(content: CardView['content'], more: Partial<CardView> = {}): CardView {
  return {
    content,
    verbs: ['approve', 'reject', 'retry'],
    tokenFor: () => 'a token',
    note: '',
    refresh: null,
    ...more,
  };
}

describe.each(cardNames)('the card %s as Teams gets it', (name) => {
  const card = renderForTeams(contentOf(name));

  it('is of version 1.5, small, and has no placeholder left', () => {
    const json = JSON.stringify(card);

    expect(card.version).toBe('1.5');
    expect(Buffer.byteLength(json)).toBeLessThan(25_000);
    expect(json).not.toContain('${');
  });

  it('is taken by Microsoft’s own parser without a complaint', () => {
    const context = new SerializationContext();

    new AdaptiveCard().parse(card, context);

    const complaints = Array.from({ length: context.eventCount }, (_none, index) => context.getEventAt(index).message);
    // Its pattern for languages remembers where it stopped, and so refuses every second “en”.
    expect(complaints.filter((complaint) => !complaint.includes('property "lang"'))).toEqual([]);
  });

  it('links to https only, has unique ids, and a fallback for every button', () => {
    const elements = [...objectsIn(card)];

    const urls = elements.map((element) => textOf(element, 'url')).filter((url) => url !== '');
    const ids = elements.map((element) => textOf(element, 'id')).filter((id) => id !== '');
    expect(urls.filter((url) => !url.startsWith('https://'))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(executesIn(card).map((action) => action['fallback'])).not.toContain(undefined);
  });

  it('shows no coloured word on a coloured ground', () => {
    const grounds = [...objectsIn(card)].filter((element) =>
      ['good', 'warning', 'attention'].includes(textOf(element, 'style')),
    );

    const words = grounds
      .filter((ground) => ground['type'] !== undefined)
      .flatMap((ground) => Array.from(objectsIn(ground)));
    expect(words.filter((word) => textOf(word, 'color') !== '')).toEqual([]);
  });
});

describe('what people wrote', () => {
  it.each(hostile)('is shown literally in text and facts: %s', (_what, text) => {
    const data = { ...sampleOf('notice'), title: text, text, lines: [{ title: text, value: text }] };

    const shown = JSON.stringify(renderCard(viewOf({ name: 'notice', data })));

    expect(shown).not.toContain(JSON.stringify(text).slice(1, -1).replaceAll('${', '#{'));
    expect(shown).not.toMatch(/(?<!\\\\)\]\(https|<img|<at>|\{\{/);
  });

  it.each(invisible)('loses what nobody sees: %s', (_what, text, left) => {
    const card = renderCard(viewOf({ name: 'notice', data: { ...sampleOf('notice'), title: text } }));

    expect(JSON.stringify(card)).toContain(`"${left}"`);
  });

  it('is left as it is where it has to match: the value of a choice, and what was typed', () => {
    const id = '/subscriptions/1/a_b*c';
    const data = { ...sampleOf('connect-form'), networks: [{ title: 'a_b', value: id }], network: id, apps: 'a_b' };

    const inputs = [...objectsIn(renderForTeams({ name: 'connect-form', data }))];

    expect(inputs.find((input) => input['id'] === 'network')).toMatchObject({
      value: id,
      choices: [{ title: 'a_b', value: id }],
    });
    expect(inputs.find((input) => input['id'] === 'apps')).toMatchObject({ value: 'a_b' });
  });
});

describe('a view', () => {
  it('has the buttons that it offers, each with its token, in the fallback too', () => {
    const card = renderCard(viewOf(contentOf('approval'), { verbs: ['approve'], tokenFor: (verb) => `${verb} token` }));

    expect(executesIn(card)).toMatchObject([
      {
        verb: 'approve',
        data: { token: 'approve token' },
        fallback: { data: { verb: 'approve', token: 'approve token' } },
      },
    ]);
  });

  it('says its note above everything else', () => {
    const card = renderCard(viewOf(contentOf('approval'), { note: 'Decided *today*.' }));

    expect(card.body[0]).toMatchObject({ type: 'Container', items: [{ text: 'Decided \\*today\\*.' }] });
  });

  it('is asked for by at most 60 people', () => {
    const userIds = Array.from({ length: 70 }, (_none, index) => `29:${index}`);

    const card = renderCard(viewOf(contentOf('notice'), { refresh: { verb: 'refresh-view', token: 't', userIds } }));

    expect((card['refresh'] as { userIds: string[] }).userIds).toEqual(userIds.slice(0, 60));
  });

  it('stays small when everything that is said is long and has to be escaped', () => {
    const long = '<a[b]*'.repeat(600);
    const line = { sign: '+', word: long, tone: 'good' as const, text: long, detail: long };
    const data = {
      ...sampleOf('approval'),
      headline: long,
      steps: Array.from({ length: 60 }, () => line),
      findings: Array.from({ length: 60 }, () => ({ ...line, wayOut: long })),
    };
    const userIds = Array.from({ length: 60 }, (_none, index) => `29:${index}${'x'.repeat(80)}`);

    const card = renderCard(viewOf({ name: 'approval', data }, { refresh: { verb: 'r', token: 't', userIds } }));

    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(25_000);
    expect(executesIn(card)).toHaveLength(2);
  });
});
