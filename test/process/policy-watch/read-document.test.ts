import { describe, expect, it } from 'vitest';
import { readDate } from '../../../src/process/policy-watch/read-date.ts';
import { type ReadDocument, readDocument } from '../../../src/process/policy-watch/read-document.ts';

const plain = `House rules for boats

Last modified: March 3, 2026

Introduction

These rules are made up. They are about boats.

Who May Sail

  • The skipper.
  • Crew members, when the skipper says so. Nobody
    else sails.

Harbour Fees

Boat Fee
Small Ten coins. Large Twenty coins.

Contacts for the Night and the Weekend

Call the harbour.
`;

const markdown = `---
title: "House rules for boats"
lastmod: 2026-03-03
---
## Introduction

These rules are **made up**. They are about [boats](https://example.com/boats).

## Who May Sail {#sail}

* The skipper.
* Crew members, when the skipper says so. Nobody else sails.

### Harbour Fees

| Boat  | Fee          |
|-------|--------------|
| Small | Ten coins. Large Twenty coins. |

{{< figure src="boat.png" >}}

<!-- not
shown -->
\`\`\`
# no heading
\`\`\`

## Contacts for the Night and the Weekend

{{% alert %}}Call the *harbour*.{{% /alert %}}
`;

function headingsOf(document: ReadDocument): string[] {
  return document.sections.map(({ heading }) => heading);
}

describe('a document', () => {
  it('in plain text has short lines of their own as headings', () => {
    const read = readDocument(plain);

    expect(read.title).toBe('House rules for boats');
    expect(read.date).toBe('2026-03-03');
    expect(headingsOf(read)).toEqual([
      'Introduction',
      'Who May Sail',
      'Harbour Fees',
      'Contacts for the Night and the Weekend',
    ]);
    expect(read.sections[1]?.sentences).toEqual([
      'The skipper.',
      'Crew members, when the skipper says so.',
      'Nobody else sails.',
    ]);
  });

  it('in Markdown says the same without its marks', () => {
    const read = readDocument(markdown);

    expect([read.title, read.date]).toEqual(['House rules for boats', '2026-03-03']);
    expect(headingsOf(read)).toEqual(headingsOf(readDocument(plain)));
    expect(read.sections.map(({ sentences }) => sentences)).toEqual([
      ['These rules are made up.', 'They are about boats.'],
      ['The skipper.', 'Crew members, when the skipper says so.', 'Nobody else sails.'],
      ['Boat | Fee', 'Small | Ten coins.', 'Large Twenty coins.', '# no heading'],
      ['Call the harbour.'],
    ]);
  });

  it.each([
    ['the line ends of Windows', plain.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${plain}`],
    ['lines that were broken', plain.replace('are made up. They', 'are\nmade up.\nThey')],
  ])('may have %s', (_what, text) => {
    expect(readDocument(text)).toEqual(readDocument(plain));
  });

  it('has a heading wherever one is known, however it looks', () => {
    const text = plain.replace(
      'Who May Sail',
      'who may sail on any of the boats in our harbour, and who may never do so at all?',
    );

    expect(headingsOf(readDocument(text))).not.toContain('Who May Sail');
    expect(
      headingsOf(
        readDocument(text, ['Who may sail on any of the boats in our harbour, and who may never do so at all?']),
      ).length,
    ).toBe(4);
  });

  it('keeps headings without text of their own, and text that stands under the title alone', () => {
    expect(readDocument('Boats\n\nWelcome aboard.\n\nPart One\n\nRules\n\nStay dry.\n').sections).toEqual([
      { heading: 'Boats', sentences: ['Welcome aboard.'] },
      { heading: 'Part One', sentences: [] },
      { heading: 'Rules', sentences: ['Stay dry.'] },
    ]);
  });

  it('takes two headings of one name as one', () => {
    expect(readDocument('# T\n## A\nOne.\n## B\nTwo.\n## A\nThree.\n').sections).toEqual([
      { heading: 'A', sentences: ['One.', 'Three.'] },
      { heading: 'B', sentences: ['Two.'] },
    ]);
  });
});

describe('a date', () => {
  it.each([
    ['November 6, 2025', '2025-11-06'],
    ['Nov. 6 2025', '2025-11-06'],
    ['6 November 2025', '2025-11-06'],
    ['6th of May', null],
    ['2025-11-06', '2025-11-06'],
    ['2025-11-06T10:00:00Z', '2025-11-06'],
    ['February 30, 2025', null],
    ['Foo 6, 2025', null],
    ['11/06/2025', null],
    ['', null],
  ])('%s', (text, date) => {
    expect(readDate(text)).toBe(date);
  });
});
