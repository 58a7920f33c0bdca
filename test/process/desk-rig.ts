/** A case with its ticket at a simulated desk: inbox, flow, outbox and webhook on a real store, and a clock of its own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReadHandlers } from '../../src/conversation/handlers.ts';
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts';
import { createOutbox, type Outbox } from '../../src/conversation/outbox.ts';
import type { EffectOf, Stored } from '../../src/flows/effect.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import type { Desk } from '../../src/tickets/desk.ts';
import { reconcileOnce } from '../../src/tickets/reconcile-pass.ts';
import { receiveWebhook } from '../../src/tickets/webhook.ts';
import { openTicket, readTicket } from '../../src/tickets/work.ts';
import { createPlatform, type Platform } from '../conversation/platform.ts';
import { exampleDirectory } from '../support/example-directory.ts';
import { type ConnectOptions, durableOn, type Office, openOffice } from '../tickets/working-desk.ts';

const place = { platform: 'web', conversation: 'team', thread: 'root' } as const;
type ReadStored = Stored<EffectOf<'read-ticket'>>;

export interface Rig {
  office: Office;
  store: Store;
  inbox: Inbox;
  platform: Platform;
  desk: Desk;
  caseId: string;
  statuses: number[];
  startOutbox(read?: (stored: ReadStored) => ReturnType<typeof readTicket>, by?: Pick<Inbox, 'deliver'>): Outbox;
  move(move: Record<string, unknown>): Promise<void>;
  reconcile(): Promise<void>;
}

/** @param wire How the desk is reached, such as one that is away for a while. */
export async function openRig(wire: (store: Store, office: Office) => ConnectOptions = () => ({})): Promise<Rig> {
  const office = await openOffice('agent');
  const directory = mkdtempSync(join(tmpdir(), 'causeway-step-'));
  const store = await openSqliteStore({ dataDir: directory, migrate: true });
  const platform = createPlatform();
  const outboxes: Outbox[] = [];
  const { now } = office.clock;
  const inbox = createInbox({
    store,
    tokenKey: 'token-key',
    auditKey: 'audit-key',
    directory: exampleDirectory,
    adminPlaces: () => [],
    now,
    newId: randomUUID,
    committed: () => {
      for (const outbox of outboxes) {
        outbox.wake();
      }
    },
    log: silent,
  });
  const desk = office.connect(wire(store, office));
  const statuses: number[] = [];
  const stopWebhook = await listen(office, desk, store, inbox, statuses);
  onTestFinished(async () => {
    await stopWebhook();
    await Promise.all(outboxes.map((outbox) => outbox.stop(2000)));
    await store.close();
    rmSync(directory, { recursive: true });
  });
  const rig: Rig = {
    office,
    store,
    inbox,
    platform,
    desk,
    caseId: '',
    statuses,
    startOutbox(read = (stored) => readTicket(desk, stored), by = inbox) {
      const reads = { 'read-ticket': read } as ReadHandlers;
      const { openForm, send } = platform;
      const owner = randomUUID();
      const outbox = createOutbox({
        store,
        owner,
        auditKey: 'audit-key',
        send,
        openForm,
        reads,
        inbox: by,
        now,
        log: silent,
      });
      outboxes.push(outbox);
      outbox.wake();
      return outbox;
    },
    async move(move) {
      office.clock.pass({ seconds: 2 });
      await office.simulated.control('agent', { ticket: 1, ...move });
    },
    async reconcile() {
      office.clock.pass({ minutes: 6 });
      const signal = new AbortController().signal;
      await reconcileOnce({
        store,
        desk,
        deliver: (told) => inbox.deliver(told),
        isTold: () => true,
        now,
        budget: 60,
        signal,
      });
    },
  };
  return { ...rig, caseId: await openCase(rig) };
}

/** Zendesk calls us; what it signs is verified as in the house. */
async function listen(office: Office, desk: Desk, store: Store, inbox: Inbox, statuses: number[]) {
  const known = { secret: '' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const deps = {
        secret: () => known.secret,
        read: store.read,
        deliver: (delivery: Parameters<Inbox['deliver']>[0]) => inbox.deliver(delivery),
        now: office.clock.now,
        log: silent,
      };
      void receiveWebhook({ headers, rawBody: Buffer.concat(chunks) }, deps).then(({ status }) => {
        statuses.push(status);
        response.writeHead(status).end();
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  known.secret = (await desk.registerWebhook(`http://127.0.0.1:${port}/zendesk/webhook`)).signingSecret;
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
}

/** From the first words to the ticket. */
async function openCase({ desk, inbox, office, store }: Rig): Promise<string> {
  for (const text of ['prod is down since 8, recovery button did nothing', 'continue', 'preview', 'open the ticket']) {
    await inbox.say({ id: randomUUID(), person: 'requester', place, text, files: [] });
  }
  const row = await store.read
    .selectFrom('effect')
    .selectAll()
    .where('type', '=', 'open-ticket')
    .executeTakeFirstOrThrow();
  const effect = JSON.parse(row.body) as EffectOf<'open-ticket'>;
  const stored = { id: row.id, caseId: row.case_id, at: office.clock.now().toString(), effect };
  const event = await openTicket(desk, stored, durableOn({ steps: new Map() }, office.clock));
  await inbox.deliver({ id: `${row.id}/result`, caseId: row.case_id, event });
  return row.case_id;
}

export function postedComments({ platform }: Rig): string[] {
  return platform.arrived
    .filter(({ key, platformId }) => key.includes('/comment-') && platformId === null)
    .map(({ content }) => content.text);
}

export function cardOf({ caseId, platform }: Rig): Record<string, unknown> {
  const card = platform.arrived.findLast(({ key }) => key === `${caseId}/support`)?.content.card;
  return (card?.data ?? {}) as Record<string, unknown>;
}

export async function leasedReads({ store }: Rig): Promise<number> {
  const reads = store.read.selectFrom('effect').select('id').where('type', '=', 'read-ticket');
  return (await reads.where('status', '=', 'leased').execute()).length;
}

function silent(): void {
  // What goes wrong is part of these tests.
}

/** For polls; nothing here takes long. */
export const soon = { timeout: 8_000, interval: 10 };
