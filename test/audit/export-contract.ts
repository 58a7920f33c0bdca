import { beforeEach, describe, expect, it } from 'vitest';
import { writeAnchor } from '../../src/audit/anchor.ts';
import { keyName } from '../../src/audit/chain.ts';
import { checkEvidence } from '../../src/audit/export/check.ts';
import { collectCase } from '../../src/audit/export/collect.ts';
import { type CaseEvidence, evidenceFormat } from '../../src/audit/export/evidence.ts';
import { verifyEvidence, writeEvidence } from '../../src/audit/export/file.ts';
import { listCases } from '../../src/audit/export/list.ts';
import { sealerOf } from '../../src/audit/export/seal.ts';
import type { OutsideAnchors } from '../../src/audit/outside.ts';
import { tellStory } from '../../src/audit/story/tell.ts';
import type { Store } from '../../src/store/store.ts';
import { at, later } from '../store/contract/stores.ts';
import { key, record } from './chains.ts';
import { connectCase, connectEntries, recordConnectCase } from './connect-case.ts';

/** The file can be checked again: whole with the key, and as far as that goes without it. */
export function exportContract(open: () => Store): void {
  let outside: OutsideAnchors;

  beforeEach(async () => {
    const store = open();
    await recordConnectCase(store);
    await writeAnchor(store, Temporal.Instant.from(later(60)));
    // Others go on; the anchor that leaves the database is a later one, which does not name this case.
    await record(store, 'case-b', { words: 'prod is down' });
    const leaving = await writeAnchor(store, Temporal.Instant.from(later(120)));
    outside = {
      anchors: [{ seq: leaving?.seq ?? 0, hash: leaving?.hash ?? '', sealedBy: sealerOf(key) }],
      unreadable: [],
    };
  });

  async function evidenceOf(caseId: string): Promise<CaseEvidence> {
    const collected = await open().snapshot((db) => collectCase(db, caseId, outside));
    if (collected === null) {
      throw new Error(`Exporting ${caseId}: it has no entries.`);
    }
    const { chain, ...parts } = collected;
    const chained = { caseId, keyName: keyName(key), ...parts };
    const story = tellStory(chain, { caseId, readCard: () => null, zone: null });
    const checks = checkEvidence(chained, { key, outside });
    return { format: evidenceFormat, exportedAt: at, checks, story, ...chained };
  }

  async function exportText(): Promise<string> {
    return writeEvidence(await evidenceOf(connectCase), key);
  }

  function signs(text: string, known: Parameters<typeof verifyEvidence>[1]): string {
    return verifyEvidence(text, known)
      .checks.map(({ good }) => (good === true ? '✓' : good === false ? '✕' : '?'))
      .join('');
  }

  describe('verifies', () => {
    it('with the key: seal, chain, payloads, anchors and the copy outside', async () => {
      expect(signs(await exportText(), { key, outside })).toBe('✓✓✓✓✓');
    });

    it('without the key, but with the anchors that have left: all but the payloads', async () => {
      expect(signs(await exportText(), { key: null, outside })).toBe('✓✓?✓✓');
    });

    it('without either: what it says of itself, and who sealed it is for the reader to compare', async () => {
      const text = await exportText();

      expect(signs(text, { key: null, outside: null })).toBe('?✓?✓?');
      expect(verifyEvidence(text, { key: null, outside: null }).checks[0]?.text).toContain(sealerOf(key));
    });

    it('an erased payload as erased, not as broken', async () => {
      await open().write((tx) =>
        tx.deleteFrom('audit_payload').where('case_id', '=', connectCase).where('seq', '=', 6).execute(),
      );
      const { checks } = verifyEvidence(await exportText(), { key, outside });

      expect(checks.filter(({ good }) => good !== true)).toEqual([]);
      expect(checks.some(({ text }) => text.includes('Erased, and therefore not to be read: entry 6.'))).toBe(true);
    });

    it('entries that are newer than the last anchor, and says so', async () => {
      await recordConnectCase(open(), connectEntries.slice(0, 2));
      const { checks } = verifyEvidence(await exportText(), { key, outside });

      expect(checks.filter(({ good }) => good !== true)).toEqual([]);
      expect(checks.some(({ text }) => text.includes('2 later entries are newer'))).toBe(true);
    });
  });

  describe('does not verify', () => {
    it('with any byte changed, with the key or without it', async () => {
      const text = await exportText();
      const unnoticed: number[] = [];
      for (const position of sampled(text.length)) {
        const changed = `${text.slice(0, position)}${otherCharacter(text[position] ?? '')}${text.slice(position + 1)}`;
        const found = [
          { key, outside },
          { key: null, outside: null },
        ].every((known) => verifyEvidence(changed, known).checks.some(({ good }) => good === false));
        if (!found) {
          unnoticed.push(position);
        }
      }

      expect(unnoticed).toEqual([]);
    });

    it.each([
      ['a byte more', (text: string) => `${text} `],
      ['a byte less', (text: string) => text.slice(0, -1)],
      ['other blanks', (text: string) => JSON.stringify(JSON.parse(text))],
      [
        'a seal in other letters',
        (text: string) => text.replace(/"signature": "[0-9a-f]+"/, (seal) => seal.toUpperCase()),
      ],
    ])('with %s', async (_name, change) => {
      expect(signs(change(await exportText()), { key, outside })).toContain('✕');
    });

    it('when somebody else has sealed it', async () => {
      const forged = writeEvidence(await evidenceOf(connectCase), 'a key of their own');

      expect(signs(forged, { key, outside }).startsWith('✕')).toBe(true);
      expect(signs(forged, { key: null, outside }).startsWith('✕')).toBe(true);
    });

    const changes: [name: string, change: (evidence: CaseEvidence) => CaseEvidence, said: RegExp][] = [
      ['an entry is cut out', (all) => ({ ...all, entries: all.entries.toSpliced(2, 1) }), /entry 3: entry missing/],
      ['the tail is cut', (all) => ({ ...all, entries: all.entries.slice(0, -2) }), /tail cut/],
      ['two entries are swapped', (all) => ({ ...all, entries: swapped(all.entries, 2, 3) }), /entry/],
      ['a payload is another one', (all) => ({ ...all, entries: withPayload(all.entries, 3, {}) }), /entry 4/],
      [
        'an anchor is another one',
        (all) => ({ ...all, anchors: all.anchors.map((one) => ({ ...one, cases: 7 })) }),
        /Anchors/,
      ],
      [
        'an anchor on the way out is gone',
        (all) => ({ ...all, anchors: all.anchors.slice(0, 1) }),
        /No anchor.*compared/,
      ],
    ];

    it.each(changes)('in its own words, even by the right seal, when %s', async (_name, change, said) => {
      const forged = writeEvidence(change(await evidenceOf(connectCase)), key);
      const doubts = verifyEvidence(forged, { key, outside }).checks.filter(({ good }) => good !== true);

      expect(doubts.map(({ text }) => text).join(' ')).toMatch(said);
    });
  });

  it('is found by its first words, its person and its day', async () => {
    const [other, found] = await listCases(open().read);

    expect(found).toMatchObject({
      caseId: connectCase,
      from: at,
      entries: connectEntries.length,
      person: 'Rosa Rivera',
      words: expect.stringContaining('connect mendix-prod to hub-vnet'),
    });
    expect(other?.caseId).toBe('case-b');
  });
}

/** Some two hundred places, and all of the last ones, where the seal is. */
function sampled(length: number): number[] {
  const step = Math.max(1, Math.floor(length / 160));
  const spread = Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
  return [...spread, ...Array.from({ length: 40 }, (_, index) => length - 1 - index)];
}

function otherCharacter(character: string): string {
  return character === ' ' ? '\t' : character === 'a' ? 'b' : 'a';
}

function swapped<T>(all: readonly T[], one: number, other: number): T[] {
  const copy = [...all];
  [copy[one], copy[other]] = [copy[other] as T, copy[one] as T];
  return copy;
}

function withPayload(entries: CaseEvidence['entries'], index: number, payload: unknown): CaseEvidence['entries'] {
  return entries.map((entry, place) => (place === index ? { ...entry, payload } : entry));
}
