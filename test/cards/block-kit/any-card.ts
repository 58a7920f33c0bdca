/**
 * Adaptive Cards by chance. Every word that a person should see holds a marker of its own, so that a test can ask what
 * became of it.
 */
import fc from 'fast-check';
import type { JsonObject } from '../../../src/cards/adaptive-card.ts';
import { anyCharacter } from '../../support/any-character.ts';

/** What breaks translators: markup, entities, mentions, surrogates, marks that show nothing, very long words. */
const nasty = fc.constantFrom(
  '<!channel>',
  '<@U012AB3CD>',
  '<#C012AB3CD|general>',
  '<!subteam^S012|@team>',
  '<https://evil.example|portal.azure.com>',
  '[portal.azure.com](https://evil.example/a|b?c=<d>&e=f)',
  '[click](javascript:alert(1))',
  '&amp; &lt;b&gt; & < > &#39;',
  '*bold* _italic_ ~struck~ `code` ```block```',
  '**bold _both_** __also__',
  '> quoted',
  '- one\n- two\n\n\n1. three',
  ':100: :smile: 10:30:45',
  '@channel @here #general',
  '{{DATE(2026-11-21T09:00:00Z, SHORT)}} {{TIME(nonsense)}}',
  'line\r\nline\u2028line\u0000\u0007',
  '\u202Egpj.exe',
  '👩‍👩‍👧‍👦🇳🇱',
  '\uD800 half',
  '\u200B\u200B',
  'a|b',
  '\\*escaped\\*',
  '&'.repeat(3_500),
  'long words in a row '.repeat(300),
  'x'.repeat(7_000),
  `${'ab <c> '.repeat(200)}\n`.repeat(4),
);

const words = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('orders', 'hub-vnet (10.8.0.0/16)', 'Approve?', 'a_b_c', 'état', '') },
  { weight: 2, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 200 }) },
);

const url = fc.constantFrom(
  'https://desk.example.com/a?b=c&d=e|f',
  'http://example.org/',
  'https://user@evil.example/',
  'javascript:alert(1)',
  'mailto:a@example.com',
  'data:image/png;base64,AAAA',
  'http://localhost:8080/x.png',
  '/relative',
  `https://example.com/${'p'.repeat(3_100)}`,
  '',
);

/** Text that somebody should see; MARKER is replaced by a word that is nowhere else. */
const text = fc.tuple(words, words).map(([before, after]) => `${before} MARKER ${after}`);

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

const style = maybe(fc.constantFrom('good', 'Attention', 'warning', 'accent', 'emphasis'));
const spacing = maybe(fc.constantFrom('None', 'Small', 'Large'));
const isVisible = maybe(fc.constantFrom(true, true, true, false));
const common = { spacing, isVisible, separator: maybe(fc.boolean()), id: maybe(fc.constantFrom('a', 'b', 'c')) };

const textBlock = fc.record({
  ...common,
  type: fc.constant('TextBlock'),
  text,
  size: maybe(fc.constantFrom('Small', 'Medium', 'large', 'ExtraLarge')),
  weight: maybe(fc.constant('Bolder')),
  isSubtle: maybe(fc.boolean()),
  style: maybe(fc.constant('heading')),
  fontType: maybe(fc.constant('Monospace')),
});

const inline = fc.oneof(
  text,
  fc.record({
    type: fc.constant('TextRun'),
    text,
    weight: maybe(fc.constant('Bolder')),
    italic: maybe(fc.boolean()),
    strikethrough: maybe(fc.boolean()),
    fontType: maybe(fc.constant('Monospace')),
    selectAction: maybe(fc.record({ type: fc.constant('Action.OpenUrl'), url })),
  }),
);

const richTextBlock = fc.record({
  ...common,
  type: fc.constant('RichTextBlock'),
  inlines: fc.array(inline, { maxLength: 4 }),
});

const factSet = fc.record({
  ...common,
  type: fc.constant('FactSet'),
  facts: fc.array(fc.record({ title: text, value: text }), { maxLength: 14 }),
});

const image = fc.record({ ...common, type: fc.constant('Image'), url, altText: text });
const choice = fc.record({ title: text, value: fc.oneof(fc.constantFrom('a', 'b', ''), words) });
const inputBase = {
  id: maybe(fc.constantFrom('one', 'two', 'three', '', 'x'.repeat(300))),
  label: text,
  isRequired: maybe(fc.boolean()),
  errorMessage: maybe(text),
  placeholder: maybe(words),
  value: maybe(fc.oneof(words, fc.constantFrom('a', 'a,b', '2026-11-21', '14:30', '7', 'true', '2026-02-31'))),
};

const input = fc.oneof(
  fc.record({
    ...inputBase,
    type: fc.constant('Input.Text'),
    style: maybe(fc.constantFrom('Email', 'Url', 'Tel', 'Password')),
    isMultiline: maybe(fc.boolean()),
    maxLength: maybe(fc.constantFrom(0, 1, 50, 3_000, 9_000)),
  }),
  fc.record({
    ...inputBase,
    type: fc.constant('Input.Number'),
    min: maybe(fc.constantFrom(-5, 3, 1e21)),
    max: maybe(fc.constantFrom(1, 10)),
  }),
  fc.record({ ...inputBase, type: fc.constantFrom('Input.Date', 'Input.Time'), min: maybe(fc.constant('2026-01-01')) }),
  fc.record({ ...inputBase, type: fc.constant('Input.Toggle'), title: text }),
  fc.record({
    ...inputBase,
    type: fc.constant('Input.ChoiceSet'),
    style: maybe(fc.constantFrom('compact', 'expanded', 'filtered')),
    isMultiSelect: maybe(fc.boolean()),
    choices: fc.oneof(
      fc.array(choice, { maxLength: 12 }),
      fc.array(choice, { minLength: 95, maxLength: 110, size: 'max' }),
    ),
  }),
);

const { element, action } = fc.letrec<{ element: JsonObject; items: JsonObject[]; action: JsonObject }>((tie) => ({
  items: fc.array(tie('element'), { maxLength: 3 }),
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    textBlock,
    richTextBlock,
    factSet,
    image,
    input,
    fc.record({ ...common, type: fc.constant('Container'), style, items: tie('items') }),
    fc.record({
      ...common,
      type: fc.constant('ColumnSet'),
      columns: fc.array(fc.record({ type: fc.constant('Column'), style, items: tie('items'), isVisible }), {
        maxLength: 4,
      }),
    }),
    fc.record({
      ...common,
      type: fc.constant('Table'),
      firstRowAsHeaders: maybe(fc.boolean()),
      rows: fc.array(
        fc.record({
          style,
          cells: fc.array(fc.record({ type: fc.constant('TableCell'), items: tie('items') }), { maxLength: 4 }),
        }),
        { maxLength: 6 },
      ),
    }),
    fc.record({ ...common, type: fc.constant('ImageSet'), images: fc.array(image, { maxLength: 3 }) }),
    fc.record({ ...common, type: fc.constant('ActionSet'), actions: fc.array(tie('action'), { maxLength: 4 }) }),
    fc.record({
      ...common,
      type: fc.constant('Media'),
      altText: text,
      sources: fc.array(fc.record({ url }), { maxLength: 2 }),
    }),
    fc.record({ ...common, type: fc.constantFrom('Carousel', 'Input.Rating', ''), text, fallback: tie('element') }),
    fc.record({ ...common, type: fc.constant('Chart.Pie'), text, fallback: maybe(fc.constant('drop')) }),
  ) as fc.Arbitrary<JsonObject>,
  action: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      type: fc.constantFrom('Action.Submit', 'Action.Execute'),
      title: text,
      verb: maybe(fc.constantFrom('approve', 'reject', 'v'.repeat(300))),
      data: maybe(fc.oneof(words, fc.record({ token: words }), fc.record({ big: fc.constant('d'.repeat(2_500)) }))),
      style: maybe(fc.constantFrom('positive', 'destructive')),
      associatedInputs: maybe(fc.constant('none')),
      tooltip: maybe(words),
      isEnabled: maybe(fc.boolean()),
    }),
    fc.record({ type: fc.constant('Action.OpenUrl'), title: text, url }),
    fc.record({
      type: fc.constant('Action.ShowCard'),
      title: text,
      card: fc.record({
        type: fc.constant('AdaptiveCard'),
        body: tie('items'),
        actions: fc.array(tie('action'), { maxLength: 2 }),
      }),
    }),
    fc.record({
      type: fc.constant('Action.ToggleVisibility'),
      title: text,
      targetElements: fc.constant(['a', { elementId: 'b' }]),
    }),
    fc.record({ type: fc.constant('Action.Popover'), title: text, fallback: tie('action') }),
  ) as fc.Arbitrary<JsonObject>,
}));

/** A JSON tree as a translator gets it, with what each marker stands for. */
export interface MarkedCard {
  card: JsonObject;
  markers: { marker: string; path: string }[];
}

export const anyCard: fc.Arbitrary<MarkedCard> = fc
  .record({
    type: fc.constant('AdaptiveCard'),
    version: fc.constantFrom('1.5', '1.6'),
    body: fc.oneof(
      { weight: 6, arbitrary: fc.array(element, { maxLength: 6 }) },
      { weight: 1, arbitrary: fc.array(element, { minLength: 40, maxLength: 70, size: 'max' }) },
    ),
    actions: fc.array(action, { maxLength: 6 }),
  })
  .map(markCard);

function markCard(card: object): MarkedCard {
  const markers: MarkedCard['markers'] = [];
  function mark(node: unknown, path: string): unknown {
    if (typeof node === 'string') {
      return node.replaceAll('MARKER', () => {
        const marker = `Mk${markers.length}kM`;
        markers.push({ marker, path });
        return marker;
      });
    }
    if (typeof node !== 'object' || node === null) {
      return node;
    }
    if (Array.isArray(node)) {
      return node.map((item, index) => mark(item, `${path}/${index}`));
    }
    const entries = Object.entries(node).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries.map(([key, value]) => [key, mark(value, `${path}/${key}`)]));
  }
  return { card: mark(card, '') as JsonObject, markers };
}

/** Not a card at all, or one whose parts have the wrong kinds. */
export const anyMess: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.anything(),
  fc.record({ type: fc.constant('AdaptiveCard'), body: fc.jsonValue(), actions: fc.jsonValue() }),
  fc.record({
    type: fc.constant('AdaptiveCard'),
    body: fc.array(
      fc
        .dictionary(
          fc.constantFrom(
            'items',
            'columns',
            'rows',
            'cells',
            'facts',
            'inlines',
            'actions',
            'choices',
            'text',
            'url',
            'value',
          ),
          fc.jsonValue({ maxDepth: 4 }),
        )
        .chain((parts) =>
          fc
            .constantFrom(
              'TextBlock',
              'Container',
              'ColumnSet',
              'Table',
              'FactSet',
              'RichTextBlock',
              'ActionSet',
              'Image',
              'Input.ChoiceSet',
              'Input.Text',
              'Media',
            )
            .map((type): object => Object.assign({}, parts, { type })),
        ),
    ),
  }),
);
