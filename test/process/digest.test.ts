/** The daily digest on a real store: once per channel and day, however often and by whomever it is looked at. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import type { CaseState } from '../../src/flows/state.ts';
import { startDigest } from '../../src/process/digest.ts';
import { insertFlow } from '../../src/store/flows.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { openAlert } from '../flows/alert-cases.ts';
import { atTicket, directory as known, supportAt } from '../flows/cases.ts';

const zone = 'Europe/Amsterdam';
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causeway-digest-'));
  store = await openStore({ database: { kind: 'sqlite', dataDir: folder }, migrate: true });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const directory: Directory = {
  ...known,
  routing: { rules: [], quiet: null, digest: { zone, at: '08:30' } },
};

async function put(caseId: string, state: CaseState): Promise<void> {
  const at = '2026-03-02T09:00:00.000Z';
  await store.write((tx) => insertFlow(tx, caseId, { state, revision: 1, at, auditSeq: 0, auditHead: '' }));
}

function lowAlert(): CaseState {
  const the = openAlert({ routing: directory.routing ?? { rules: [], quiet: null, digest: null } });
  the.fire({ severity: 'Sev3', rule: 'Disk is half full' });
  return the.alert;
}

function lowTicket(): CaseState {
  const state = supportAt(atTicket(), 'open');
  return { ...state, verdict: { ...state.verdict, severity: 'low' } };
}

async function posted(): Promise<string[]> {
  const rows = await store.read.selectFrom('message').selectAll().orderBy('key').execute();
  return rows.map(({ content, conversation }) => `${conversation}: ${content}`);
}

/** Looks at this instant, as a process does that has just started. */
async function look(at: string, settings: Directory = directory): Promise<void> {
  const logs = { debug: fail, info: fail, warn: fail, error: fail };
  const sweep = startDigest({ store, directory: () => settings, now: () => Temporal.Instant.from(at), logs });
  await sweep.look();
  sweep.stop();
}

function fail(message: string, details?: Record<string, unknown>): void {
  throw new Error(`${message} ${JSON.stringify(details)}`);
}

describe('the digest', () => {
  it('is one message with every case of low severity, after its time, once', async () => {
    await put('alert', lowAlert());
    await put('ticket', lowTicket());

    await look('2026-03-03T07:29:00Z');
    expect(await posted()).toEqual([]);
    await look('2026-03-03T07:31:00Z');
    await look('2026-03-03T07:32:00Z');
    await look('2026-03-03T09:00:00Z');

    const [message, ...more] = await posted();
    expect(more).toEqual([]);
    expect(message).toContain('2 cases of low severity are open');
    expect(message).toContain('Disk is half full');
    expect(message).toContain('Ticket 12: Open');
  });

  it('comes again on the next day, also when that day has an hour less', async () => {
    await put('alert', lowAlert());

    await look('2026-03-28T07:31:00Z');
    await look('2026-03-29T06:31:00Z');

    expect(await posted()).toHaveLength(2);
  });

  it('is late after a stop, and left out when it would be of no use any more', async () => {
    await put('alert', lowAlert());

    await look('2026-03-03T12:00:00Z');
    expect(await posted()).toEqual([]);
    await look('2026-03-04T11:00:00Z');

    expect(await posted()).toHaveLength(1);
  });

  it('is not posted when there is nothing to tell', async () => {
    await put('alert', { ...openedAlert(), at: 'resolved' });

    await look('2026-03-03T07:31:00Z');

    expect(await posted()).toEqual([]);
  });

  it('goes to the channel of each case', async () => {
    const channel = { platform: 'web', conversation: 'payroll', thread: null } as const;
    const rules = [{ environments: ['mendix-prod'], severities: null, channel, rotation: null }];
    await put('alert', lowAlert());

    await look('2026-03-03T07:31:00Z', {
      ...directory,
      routing: { rules, quiet: null, digest: { zone, at: '08:30' } },
    });

    expect((await posted()).map((text) => text.split(':')[0])).toEqual(['payroll']);
  });

  it('does not exist without its setting', async () => {
    await put('alert', lowAlert());

    await look('2026-03-03T07:31:00Z', known);

    expect(await posted()).toEqual([]);
  });
});

function openedAlert() {
  const the = openAlert();
  the.fire({ severity: 'Sev4' });
  return the.alert;
}
