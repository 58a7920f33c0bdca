import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readOutside } from '../../src/audit/outside.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { Place } from '../../src/flows/event.ts';
import { startUpkeep, type Upkeep } from '../../src/process/upkeep.ts';
import { putAlert, readThread, threadFor } from '../../src/store/alerts.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { key, record } from '../audit/chains.ts';
import { emptyBeforeEach } from '../store/contract/stores.ts';

const root = mkdtempSync(join(tmpdir(), 'causeway-upkeep-'));
const auditRoom: Place = { platform: 'web', conversation: 'audit', thread: null };
let store: Store;
let made = 0;
let anchorDir: string;
let now: Temporal.Instant;
let errors: string[];

beforeAll(async () => {
  store = await openStore({ database: { kind: 'sqlite', dataDir: join(root, 'store') }, migrate: true });
});
afterAll(async () => {
  await store.close();
  rmSync(root, { recursive: true });
});
emptyBeforeEach(() => ({
  first: store,
  second: store,
  openImpatient: () => Promise.reject(new Error('not used here')),
}));
beforeEach(() => {
  made += 1;
  anchorDir = join(root, `anchors-${made}`);
  now = Temporal.Instant.from('2026-11-21T13:00:00Z');
  errors = [];
});

function start(auditPlace: Place | null): Upkeep {
  return startUpkeep({
    store,
    engine: { deleteFinished: () => Promise.resolve(0) },
    anchorDir,
    sealedBy: 'ab',
    auditPlace: () => auditPlace,
    now: () => now,
    logs: { info: () => undefined, warn: () => undefined, error: (message) => errors.push(message) },
  });
}

/** As long as a process runs: its last act is an anchor that leaves the database. */
async function runOnce(auditPlace: Place | null = null): Promise<void> {
  await start(auditPlace).stop();
}

async function clearOnce(): Promise<void> {
  const upkeep = start(null);
  await upkeep.clear();
  await upkeep.stop();
}

async function postedTexts(): Promise<string[]> {
  const rows = await store.read.selectFrom('effect').select('body').where('type', '=', 'show').execute();
  return rows.map(({ body }) => (JSON.parse(body) as { content: { text: string } }).content.text);
}

describe('an anchor', () => {
  it('leaves the database, one line each, and is what verifying compares with', async () => {
    await record(store, 'case-a', {});
    await runOnce();
    await record(store, 'case-a', {});
    await runOnce();

    const outside = await readOutside(join(anchorDir, 'anchors.jsonl'));

    expect(outside?.anchors).toMatchObject([
      { seq: 1, sealedBy: 'ab' },
      { seq: 2, sealedBy: 'ab' },
    ]);
    expect(await verifyAudit(store, key, outside)).toMatchObject({ copies: 2, problems: [] });
    expect(errors).toEqual([]);
  });

  it('says when it was kept, which may be long after anything happened', async () => {
    await record(store, 'case-a', {});
    await runOnce();
    now = now.add({ hours: 48 });
    await runOnce();

    const lines = readFileSync(join(anchorDir, 'anchors.jsonl'), 'utf8').trim().split('\n');

    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { seq: 1, at: '2026-11-21T13:00:00.000Z', keptAt: '2026-11-21T13:00:00.000Z' },
      { seq: 1, at: '2026-11-21T13:00:00.000Z', keptAt: '2026-11-23T13:00:00.000Z' },
    ]);
  });

  it('stays in the database when its directory cannot be written, and that is told', async () => {
    writeFileSync(anchorDir, 'a file where the directory should be');
    await record(store, 'case-a', {});

    await runOnce(auditRoom);

    expect(errors).toEqual([expect.stringContaining('Writing the last anchor')]);
    expect(await verifyAudit(store, key)).toMatchObject({ anchors: 1, problems: [] });
    expect(await postedTexts()).toEqual([]);
  });

  it('is not written while there is nothing to anchor', async () => {
    await runOnce(auditRoom);

    expect(await readOutside(join(anchorDir, 'anchors.jsonl'))).toBeNull();
    expect(await postedTexts()).toEqual([]);
  });

  it('is posted once a day where the settings say so, whichever process comes first', async () => {
    await record(store, 'case-a', {});
    await runOnce(auditRoom);
    await record(store, 'case-a', {});
    await runOnce(auditRoom);

    expect(await postedTexts()).toEqual([
      expect.stringMatching(/^Anchor 1 of the audit, 2026-11-21T13.* [0-9a-f]{64}\./),
    ]);

    now = now.add({ hours: 24 });
    await runOnce(auditRoom);

    expect(await postedTexts()).toHaveLength(2);
  });
});

it('alerts are forgotten after a month when they are resolved, and after three when they never are', async () => {
  const thread = { environment: 'mendix-prod', rule: 'cpu', overBefore: '2026-01-01T00:00:00Z', caseIdOf: () => 'c' };
  await store.write(async (tx) => {
    await threadFor(tx, thread);
    await putAlert(tx, { id: 'over', caseId: 'c', condition: 'Resolved', at: '2026-10-20T00:00:00Z' });
    await putAlert(tx, { id: 'open', caseId: 'c', condition: 'Fired', at: '2026-10-20T00:00:00Z' });
    await putAlert(tx, { id: 'old', caseId: 'c', condition: 'Fired', at: '2026-08-20T00:00:00Z' });
    await putAlert(tx, { id: 'new', caseId: 'c', condition: 'Resolved', at: '2026-11-20T00:00:00Z' });
  });

  await clearOnce();

  const left = await store.read.selectFrom('alert').select('id').orderBy('id').execute();
  expect(left.map(({ id }) => id)).toEqual(['new', 'open']);
  now = now.add({ hours: 90 * 24 });
  await clearOnce();
  expect(await store.read.selectFrom('alert').select('id').execute()).toEqual([]);
  expect((await readThread(store.read, thread))?.overAt).not.toBeNull();
  expect(errors).toEqual([]);
});
