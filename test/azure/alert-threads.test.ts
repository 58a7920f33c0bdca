/** Which thread an alert runs in, and when another one begins: the same for environments that nobody knows. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiveAlert } from '../../src/azure/alerts.ts';
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { alertBody, alertId, type AlertWishes } from '../support/alerts.ts';
import { exampleDirectory } from '../support/example-directory.ts';

let folder: string;
let store: Store;
let inbox: Inbox;
let now: Temporal.Instant;

beforeEach(async () => {
  now = Temporal.Instant.from('2026-11-23T10:00:00Z');
  folder = mkdtempSync(join(tmpdir(), 'causeway-alert-threads-'));
  store = await openSqliteStore({ dataDir: folder, migrate: true });
  inbox = createInbox({
    store,
    tokenKey: 'token-key',
    auditKey: 'audit-key',
    directory: exampleDirectory,
    adminPlaces: () => [],
    now: () => now,
    newId: randomUUID,
    committed: () => undefined,
    log: () => undefined,
  });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** @returns the cases of all alerts so far, oldest first. */
async function send(wishes: AlertWishes): Promise<string[]> {
  const request = {
    authorization: 'Bearer of the action group',
    rawBody: new TextEncoder().encode(JSON.stringify(alertBody(wishes))),
  };
  const answer = await receiveAlert(request, {
    gate: { check: () => Promise.resolve({ ok: true }) },
    store,
    environments: () => exampleDirectory().environments,
    deliver: (delivery) => inbox.deliver(delivery),
    now: () => now,
    log: () => undefined,
  });
  expect(answer.status).toBe(200);
  const rows = await store.read.selectFrom('alert').select('case_id').orderBy('at').orderBy('id').execute();
  return [...new Set(rows.map(({ case_id }) => case_id))];
}

const nowhere = ['/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/other/providers/a/b/c'];

describe.each([
  ['an environment of the settings', {}],
  ['nothing that the settings know', { targets: nowhere }],
])('an alert about %s', (_what, wishes: AlertWishes) => {
  it('goes on in its thread while something is open, and for an hour after', async () => {
    await send({ ...wishes, id: alertId(1) });
    now = now.add({ hours: 30 });
    expect(await send({ ...wishes, id: alertId(2) })).toHaveLength(1);
    await send({ ...wishes, id: alertId(1), condition: 'Resolved' });
    await send({ ...wishes, id: alertId(2), condition: 'Resolved' });
    now = now.add({ minutes: 50 });

    expect(await send({ ...wishes, id: alertId(3) })).toHaveLength(1);
  });

  it('begins another thread when everything has been resolved for longer', async () => {
    await send({ ...wishes, id: alertId(1) });
    await send({ ...wishes, id: alertId(1), condition: 'Resolved' });
    now = now.add({ minutes: 70 });

    expect(await send({ ...wishes, id: alertId(2) })).toHaveLength(2);
  });
});
