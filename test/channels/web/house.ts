/**
 * The local page on a real listener and a real database, with an inbox that writes down what it is told. `post` does
 * what `accept` and the outbox do together: it stores a revision with its tokens, then hands it to the channel.
 */
import { randomUUID } from 'node:crypto';
import type { Clicked, Outgoing, Said } from '../../../src/channels/channel.ts';
import { startHttpServer } from '../../../src/channels/server.ts';
import { createWebChannel, type WebChannel } from '../../../src/channels/web/web.ts';
import type { Reply } from '../../../src/flows/reply.ts';
import type { Person, Role } from '../../../src/policy/people.ts';
import type { Store } from '../../../src/store/store.ts';
import { insertToken } from '../../../src/store/tokens.ts';
import { openFreshStore } from '../../support/fresh-store.ts';

const tokenKey = 'the secret of this test';

const people: readonly Person[] = [
  person('requester', 'Rita Requester', ['requester']),
  person('approver-1', 'Anna Approver', ['approver']),
  person('approver-2', 'Ben Approver', ['approver']),
  person('admin', 'Ada Admin', ['admin']),
  person('outsider', 'Otto Outsider', []),
];

function person(id: string, name: string, roles: readonly Role[]): Person {
  return { id, name, email: `${id}@example.com`, zone: 'Europe/Amsterdam', roles };
}

export interface House {
  url: string;
  store: Store;
  web: WebChannel;
  said: Said[];
  clicked: Clicked[];
  /** What the inbox answers from now on. */
  answerWith(reply: Reply): void;
  post(message: Partial<Outgoing> & { key: string }): Promise<string>;
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const { close: closeStore, store } = await openFreshStore();
  const said: Said[] = [];
  const clicked: Clicked[] = [];
  let reply: Reply = { outcome: 'done', because: '', errors: [] };
  const inbox = {
    say: (words: Said) => Promise.resolve(void said.push(words)).then(() => reply),
    click: (click: Clicked) => Promise.resolve(void clicked.push(click)).then(() => reply),
    refuse: () => Promise.resolve(),
  };
  const web = createWebChannel({
    store,
    people: () => people,
    tokenKey,
    inbox,
    now: () => Temporal.Now.instant(),
    newId: randomUUID,
  });
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => ({ ok: true, parts: {} }),
    mounts: [web.routes],
    rawRoutes: web.rawRoutes,
    log: (message, details) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    store,
    web,
    said,
    clicked,
    answerWith: (next) => {
      reply = next;
    },
    post: (message) => post(store, web, message),
    close: async () => {
      await server.close(0);
      await closeStore();
    },
  };
}

async function post(store: Store, web: WebChannel, given: Partial<Outgoing> & { key: string }): Promise<string> {
  const message: Outgoing = {
    caseId: 'case-1',
    revision: 1,
    place: { platform: 'web', conversation: 'team', thread: null },
    content: { text: 'Hello', card: null, speaker: null },
    verbs: [],
    tokenId: null,
    mention: [],
    onlyFor: null,
    platformId: null,
    mayHaveBeenSent: false,
    ...given,
  };
  const { caseId, key, revision, verbs } = message;
  const id = `${key}#${revision}`;
  const known = await store.read.selectFrom('token').select('id').where('id', '=', id).executeTakeFirst();
  if (verbs.length > 0 && known === undefined) {
    const at = Temporal.Now.instant().toString();
    await store.write((tx) => insertToken(tx, { id, caseId, messageKey: key, revision, verbs, at }));
  }
  return (await web.channel.send({ ...message, tokenId: verbs.length > 0 ? id : null })).platformId;
}
