import { describe, expect, it } from 'vitest';
import { choicesOf, inputsIn, objectsIn, textOf } from '../../src/cards/adaptive-card.ts';
import { fillCard } from '../../src/cards/fill.ts';
import { cardNames } from '../../src/cards/templates.ts';
import { helpContent } from '../../src/flows/help.ts';
import { contentOf, filledSample, sampleOf } from './samples.ts';

/** What people write to find out whether somebody reads their words as a program. */
const hostileTexts = [
  '${1+1}',
  '${$root.hash}',
  "${if(true, 'x', 'y')}",
  '**bold** and [a link](https://evil.example)',
  '![picture](https://evil.example/x.png)',
  '<at>everyone</at> <!channel> <@U123>',
  '<img src=x onerror=alert(1)>',
  '"quotes", \\backslashes\\ and\nlines',
  '$when $data $root',
  '__proto__ constructor toString',
];

function textsOf(card: ReturnType<typeof fillCard>): string[] {
  return [...objectsIn(card)].flatMap((element) =>
    ['text', 'title', 'value', 'label'].map((key) => textOf(element, key)).filter((text) => text !== ''),
  );
}

describe('text from people', () => {
  it.each(hostileTexts)('shows %j as it was written', (hostile) => {
    const card = fillCard(
      contentOf('notice', { ...sampleOf('notice'), text: hostile, lines: [{ title: hostile, value: hostile }] }),
    );

    expect(textsOf(card).filter((text) => text === hostile)).toHaveLength(3);
  });

  it('keeps date formulas from being read as such', () => {
    const card = fillCard(
      contentOf('notice', { ...sampleOf('notice'), text: 'at {{DATE(2026-11-21T13:00:00Z)}} and {{{TIME(x)}}}' }),
    );

    expect(JSON.stringify(card)).not.toContain('{{');
    expect(textsOf(card).map((text) => text.replaceAll('\u200B', ''))).toContain(
      'at {{DATE(2026-11-21T13:00:00Z)}} and {{{TIME(x)}}}',
    );
  });

  it('leaves what stands in a field untouched, so that it can be sent as it is', () => {
    const body = 'log: {{user}} ${name}\n  indented';

    const card = fillCard(contentOf('ticket-preview', { ...sampleOf('ticket-preview'), body }));

    expect(inputsIn(card).find((input) => input['id'] === 'body')?.['value']).toBe(body);
  });

  it('drops control characters and marks that turn the reading direction around', () => {
    const card = fillCard(
      contentOf('notice', { ...sampleOf('notice'), text: 'a\u0000b\u0007c \u202Egpj.exe\u2066 \uD800!' }),
    );

    expect(textsOf(card)).toContain('abc gpj.exe \uFFFD!');
  });
});

describe('data of another shape', () => {
  it.each(cardNames)('%s never shows a placeholder, whatever is missing', (name) => {
    const card = fillCard(contentOf(name, {}));

    expect(JSON.stringify(card)).not.toContain('${');
  });

  it('never becomes an element of the card', () => {
    const smuggled = { type: 'Action.OpenUrl', url: 'javascript:alert(1)', title: 'click' };

    const card = fillCard(
      contentOf('notice', { title: smuggled, text: [smuggled], lines: smuggled, tone: 'good', wayOut: smuggled }),
    );

    expect(JSON.stringify(card)).not.toContain('javascript:');
  });

  it('takes numbers and booleans as words', () => {
    const card = fillCard(contentOf('notice', { ...sampleOf('notice'), title: 42, text: true }));

    expect(textsOf(card)).toEqual(expect.arrayContaining(['42', 'true']));
  });

  it.each(['javascript:alert(1)', 'http://desk.example.com', 'data:text/html,x', '', 'not a url', '//evil.example'])(
    'shows no link to %j',
    (url) => {
      const card = fillCard(contentOf('ticket', { ...sampleOf('ticket'), url }));

      expect(JSON.stringify(card)).not.toContain('Action.OpenUrl');
    },
  );
});

describe('too much data', () => {
  const longStep = { sign: '+', word: 'create', tone: 'good', text: 'x'.repeat(900), detail: 'y'.repeat(900) };

  it.each([
    [
      'connect-plan',
      {
        ...sampleOf('connect-plan'),
        groups: [{ title: 'In Connectivity', steps: Array.from({ length: 200 }, () => longStep) }],
      },
    ],
    ['ticket', { ...sampleOf('ticket'), lastWord: '界'.repeat(50_000), subject: 's'.repeat(50_000) }],
    [
      'help',
      {
        ...sampleOf('help'),
        groups: [
          {
            title: 'In every thread',
            commands: Array.from({ length: 500 }, () => ({ command: 'c', meaning: 'm'.repeat(400) })),
          },
        ],
      },
    ],
  ] as const)('%s still fits into a Teams message', (name, data) => {
    const card = fillCard(contentOf(name, data));

    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(23_001);
  });

  it('says how many lines were left out', () => {
    const steps = Array.from({ length: 90 }, (_, index) => ({ ...longStep, text: `step ${index}`, detail: '' }));
    const groups = [{ title: 'In Connectivity', steps }];

    const card = fillCard(contentOf('connect-plan', { ...sampleOf('connect-plan'), groups }));

    expect(textsOf(card).some((text) => /^… and \d+ more$/.test(text))).toBe(true);
  });

  it('keeps the chosen network in a list that is too long, and adds nothing that could be chosen by mistake', () => {
    const prefix =
      '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/network/providers/Microsoft.Network/virtualNetworks';
    const networks = Array.from({ length: 300 }, (_, index) => ({
      title: `vnet-${index}`,
      value: `${prefix}/vnet-${index}`,
    }));
    const network = `${prefix}/vnet-299`;

    const card = fillCard(contentOf('connect-form', { ...sampleOf('connect-form'), networks, network }));

    const input = inputsIn(card).find((candidate) => candidate['id'] === 'network') ?? {};
    const values = choicesOf(input).map((choice) => choice.value);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(23_001);
    expect(values).toContain(network);
    expect(values.every((value) => value.startsWith(prefix))).toBe(true);
    expect(input['value']).toBe(network);
  });

  it('keeps all choices for a platform that asks for them one by one, and cuts the rest as always', () => {
    const networks = Array.from({ length: 900 }, (_, index) => ({ title: `vnet-${index}`, value: `id-${index}` }));
    const problems = Array.from({ length: 90 }, () => 'x'.repeat(900));

    const card = fillCard(contentOf('connect-form', { ...sampleOf('connect-form'), networks, problems }), {
      allChoices: true,
    });

    const input = inputsIn(card).find((candidate) => candidate['id'] === 'network') ?? {};
    expect(choicesOf(input)).toHaveLength(900);
    expect(textsOf(card).some((text) => /^… and \d+ more$/.test(text))).toBe(true);
  });
});

it('drops a box that would be empty', () => {
  const card = fillCard(
    contentOf('approval', { ...sampleOf('approval'), what: '', requester: '', reach: [], risk: '', expires: '' }),
  );

  expect(JSON.stringify(card)).not.toContain('FactSet');
});

it('fills the same data the same way twice', () => {
  expect(filledSample('connect-plan')).toEqual(filledSample('connect-plan'));
});

it('lists every typed form that help knows', () => {
  const { card } = helpContent({ roles: ['admin'] }, []);
  type Listed = { command: string }[];
  const { examples, groups } = card.data as unknown as { examples: Listed; groups: { commands: Listed }[] };
  const commands = [...examples, ...groups.flatMap((group) => group.commands)];

  const texts = textsOf(fillCard(card));

  expect(commands.map(({ command }) => command).filter((command) => !texts.includes(command))).toEqual([]);
  expect(texts.filter((text) => text.startsWith('… and'))).toEqual([]);
});
