/** The receiving half of the local page: the chat API of CONTRACTS.md section 6. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { SaidFile } from '../../flows/event.ts';
import type { Person } from '../../flows/people.ts';
import { appendChatOnce, listChat, markSeen, putFile, readFile } from '../../store/chat.ts';
import { BadRequest, type HttpEnv, jsonBody } from '../body.ts';
import { attachedFiles } from '../incoming-file.ts';
import type { App } from '../server.ts';
import { conversationsOf, findConversation, maySee, mayWrite } from './conversations.ts';
import type { WebDeps } from './deps.ts';
import { personNamed } from './person.ts';
import { showAll } from './render.ts';
import { After, ClickedBody, parse, SaidBody } from './schema.ts';
import { findPosted, unreadOf } from './transcript.ts';

const maxFileName = 200;

export function mountChat(app: App, deps: WebDeps): void {
  app.get('/chat/people', (c) => c.json(deps.people().map(({ id, name, roles }) => ({ id, name, roles }))));
  app.get('/chat/conversations', async (c) => {
    const person = personNamed(c.req.query('as'), deps);
    const list = conversationsOf(person).map(async ({ id, title, kind }) => {
      const unread = await unreadOf(deps.store.read, person, id);
      return { id, title, kind, unread };
    });
    return c.json(await Promise.all(list));
  });
  app.get('/chat/conversations/:id/messages', (c) => showMessages(c, deps, c.req.param('id')));
  app.post('/chat/messages', (c) => takeMessage(c, deps));
  app.post('/chat/actions', (c) => takeAction(c, deps));
  app.post('/chat/files', (c) => takeFile(c, deps));
}

function noSuch(c: Context<HttpEnv>, what: string): Response {
  return c.json({ because: `There is no such ${what}. Reload the page to see what there is.` }, 404);
}

async function showMessages(c: Context<HttpEnv>, deps: WebDeps, id: string): Promise<Response> {
  const person = personNamed(c.req.query('as'), deps);
  const after = parse(After, c.req.query('after'));
  const conversation = findConversation(id, deps.people());
  if (conversation === null) {
    return noSuch(c, 'conversation');
  }
  const messages = (await listChat(deps.store.read, conversation.id, after)).filter((message) =>
    maySee(person, message),
  );
  const newest = messages.at(-1);
  if (newest !== undefined) {
    await deps.store.write((tx) => markSeen(tx, person.id, conversation.id, newest.seq));
  }
  return c.json({ messages: await showAll(messages, person, deps) });
}

/**
 * What a person says stands in the transcript first, then the house hears it; the bot answers in its thread. Whoever got
 * no answer sends it again with the same key: it is shown once, and heard once, whatever the first one came to.
 */
async function takeMessage(c: Context<HttpEnv>, deps: WebDeps): Promise<Response> {
  const said = parse(SaidBody, jsonBody(c));
  const person = personNamed(said.as, deps);
  const conversation = findConversation(said.conversation, deps.people());
  if (conversation === null) {
    return noSuch(c, 'conversation');
  }
  if (!mayWrite(person, conversation)) {
    return c.json({ because: 'You are not in this conversation, so you cannot write here.' }, 403);
  }
  const thread = await rootOf(said, person, deps);
  if (thread === undefined) {
    return noSuch(c, 'thread');
  }
  const attached = await filesOf(said.files, deps);
  const names = attached.map(({ name }) => `Attached: ${name}`);
  const text = [said.text, ...names].filter((line) => line !== '').join('\n');
  const words = { sender: person.id, conversation: conversation.id, thread, text };
  const id = said.key === undefined ? deps.newId() : idOf(words, said.key);
  await deps.store.write((tx) => appendChatOnce(tx, { ...words, ...plainWords, id, at: deps.now().toString() }));
  deps.news.changed();
  const place = { platform: 'web' as const, conversation: conversation.id, thread: thread ?? id };
  const event = `web/${id}`;
  const reply = await deps.inbox.say({
    id: event,
    person: person.id,
    place,
    ...spoken(said.text),
    files: said.files,
    ...attachedFiles(attached),
  });
  return c.json({ event, message: id, ...(reply.because === '' ? {} : { because: reply.because }) }, 202);
}

/**
 * The same only for the same words of the same person in the same place, whatever keys others choose: so what is shown
 * is always what is heard.
 */
function idOf(words: object, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([words, key]))
    .digest('base64url')
    .slice(0, 32);
}

/** The page hears everything that is said on it; other platforms only what mentions the bot, or is said to it alone. */
function spoken(text: string): { text: string; addressed: boolean } {
  const bare = text.replace(/^\s*@causeway\b[\s,:;]*/i, '');
  return { text: bare === '' ? text : bare, addressed: bare !== text };
}

/** What a message of a person does not have. */
const plainWords = { revision: 1, speaker: null, onlyFor: null, messageKey: null, card: null, verbs: [], mention: [] };

/** The first message of the thread; null for a new thread, undefined when this person sees no such one. */
async function rootOf(said: SaidBody, person: Person, deps: WebDeps): Promise<string | null | undefined> {
  if (said.thread === null || said.thread === undefined) {
    return null;
  }
  const message = await findPosted(deps.store.read, said.conversation, said.thread);
  return message === null || !maySee(person, message) ? undefined : (message.thread ?? message.id);
}

async function filesOf(ids: readonly string[], deps: WebDeps): Promise<SaidFile[]> {
  const files = await Promise.all(ids.map((id) => readFile(deps.store.read, id)));
  return files.map((file) => {
    if (file === null) {
      throw new BadRequest('I do not have one of the files. Send it again, then name it in the message.');
    }
    return { id: file.id, name: file.name, size: file.bytes.byteLength };
  });
}

async function takeAction(c: Context<HttpEnv>, deps: WebDeps): Promise<Response> {
  const { as, conversation: id, message: messageId, verb, token, inputs } = parse(ClickedBody, jsonBody(c));
  const person = personNamed(as, deps);
  const conversation = findConversation(id, deps.people());
  if (conversation === null) {
    return noSuch(c, 'conversation');
  }
  const message = await findPosted(deps.store.read, conversation.id, messageId);
  if (message === null) {
    return noSuch(c, 'message');
  }
  const place = { platform: 'web' as const, conversation: conversation.id, thread: message.thread ?? message.id };
  const reply = await deps.inbox.click({ id: `web/${deps.newId()}`, person: person.id, place, verb, token, inputs });
  return c.json({
    outcome: reply.outcome,
    ...(reply.because === '' ? {} : { because: reply.because }),
    ...(reply.errors.length === 0 ? {} : { errors: reply.errors }),
  });
}

async function takeFile(c: Context<HttpEnv>, deps: WebDeps): Promise<Response> {
  const name = fileName(c.req.query('name') ?? '');
  if (name === '') {
    throw new BadRequest('Name the file: POST /chat/files?name=error.log');
  }
  const id = deps.newId();
  await deps.store.write((tx) => putFile(tx, { id, name, bytes: c.var.rawBody, at: deps.now().toString() }));
  return c.json({ file: id });
}

/** The last part of a path, without anything that could lead out of a folder. */
function fileName(given: string): string {
  const name = given.split(/[/\\]/).at(-1)?.trim().slice(0, maxFileName).replaceAll(/\p{C}/gu, '') ?? '';
  return /^\.*$/.test(name) ? '' : name;
}
