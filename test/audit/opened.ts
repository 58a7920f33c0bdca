/** A case without a database: its entries, its story, its page. */
import { canonicalJson } from '../../src/audit/canonical-json.ts';
import type { StoredEntry } from '../../src/audit/check-entry.ts';
import type { CaseEvidence } from '../../src/audit/export/evidence.ts';
import { renderPage } from '../../src/audit/page/page.ts';
import type { CardWords } from '../../src/audit/story/cards.ts';
import type { Story } from '../../src/audit/story/model.ts';
import { tellStory } from '../../src/audit/story/tell.ts';
import { later } from '../store/contract/stores.ts';
import { connectCase } from './connect-case.ts';

type Told = readonly [type: string, payload: object | null];

function chainOf(entries: readonly Told[]): StoredEntry[] {
  return entries.map(([type, payload], index) => ({
    caseId: connectCase,
    seq: index + 1,
    at: later(index),
    type,
    payloadDigest: '',
    previous: '',
    hash: '0'.repeat(64),
    payload: payload === null ? null : canonicalJson(payload),
  }));
}

export function tell(entries: readonly Told[], card: CardWords | null = null): Story {
  return tellStory(chainOf(entries), { caseId: connectCase, readCard: () => card, zone: null });
}

export function pageOf(
  entries: readonly Told[],
  checks: CaseEvidence['checks'] = [{ good: true, text: 'It holds.' }],
): string {
  const story = tell(entries);
  const evidence: CaseEvidence = {
    format: 'causeway-case-evidence/1',
    caseId: connectCase,
    exportedAt: '2026-11-22T00:30:00.000Z',
    keyName: 'key',
    head: null,
    checks,
    story,
    entries: chainOf(entries).map(({ caseId: _caseId, payload: _payload, ...entry }) => entry),
    anchors: [],
  };
  return renderPage({ evidence, story, file: { name: 'case.json', sha256: 'sha' }, sealedBy: 'sealer' });
}
