/** The daily digest on a real store: once per channel and day, however often and by whomever it is looked at. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdCase, houseCase } from '../../src/audit/note.ts';
import { deriveToken } from '../../src/cards/token.ts';
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts';
import type { Directory } from '../../src/flows/flow.ts';
import type { CaseState } from '../../src/flows/state.ts';
import { startDigest } from '../../src/process/digest.ts';
import { insertFlow } from '../../src/store/flows.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { openAlert } from '../flows/alert-cases.ts';
import { atTicket, directory as known, supportAt, supportRoom } from '../flows/cases.ts';

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

function openInbox(): Inbox {
  return createInbox({
    store,
    tokenKey: 'token-key',
    auditKey: 'audit-key',
    directory: () => directory,
    adminPlaces: () => [],
    now: () => Temporal.Instant.from('2026-03-03T07:40:00Z'),
    newId: randomUUID,
    committed: () => undefined,
    log: fail,
  });
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
    expect(message).toContain('"day":"Tue 3 Mar"');
    expect(message).toContain('Fired once, Mon 2 Mar 09:00 (Europe/Amsterdam)');
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

  it('gives each line a way on: a ticket its links, an alert a button that its own case hears', async () => {
    await put('alert-7', lowAlert());
    await put('ticket', lowTicket());
    await look('2026-03-03T07:31:00Z');
    expect((await posted())[0]).toContain('https://desk.example.com/agent/tickets/12');
    const [token] = await store.read.selectFrom('token').selectAll().execute();
    const verb = 'take-alert-alert-7';
    expect(JSON.parse(token?.verbs ?? '[]')).toEqual([verb]);

    // As sending the message does.
    await store.write((tx) => holdCase(tx, houseCase));
    const inbox = openInbox();
    function press(person: string) {
      const button = deriveToken({ key: 'token-key', tokenId: token?.id ?? '', verb, person });
      return inbox.click({ id: `pressed by ${person}`, person, place: supportRoom, verb, inputs: {}, token: button });
    }
    const outcomes = [(await press('otto')).outcome, (await press('sam')).outcome];

    expect(outcomes).toEqual(['refused', 'done']);
    const told = await store.read.selectFrom('effect').select('body').where('type', '=', 'tell-case').execute();
    expect(told.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { caseId: 'alert-7', event: { type: 'clicked', verb: 'take-alert', person: 'sam' } },
    ]);
  });

  it('offers no button for an alert whose card stands there already', async () => {
    await put('alert-7', { ...openedAlert(), worst: 'Sev3', channel: supportRoom });

    await look('2026-03-03T07:31:00Z');

    expect(await store.read.selectFrom('token').selectAll().execute()).toEqual([]);
    expect((await posted())[0]).toContain('its card stands in this channel');
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
