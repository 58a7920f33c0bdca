// The page: who I am, where I am, and what happens there.
import { get, reasonOf } from './api.js';
import { createComposer, write } from './composer.js';
import { byId } from './dom.js';
import { hideEmpty, showEmpty } from './empty.js';
import { showSwitch } from './people.js';
import { wireJump } from './scroll.js';
import { showConversations, wireDrawer } from './sidebar.js';
import { createTimeline, putAll, putNews } from './timeline.js';

/** @typedef {import('./message.js').Message} Message */

const rooms = /** @type {Record<string, string>} */ ({
  team: 'Ask for a connection or report a problem. Every request is a thread.',
  'on-call': 'Requests that need a decision.',
  support: 'Tickets and their progress.',
});

/** @type {import('./people.js').Person[]} */
let people = [];
let me = '';
/** @type {import('./sidebar.js').Conversation[]} */
let conversations = [];
let open = '';
/** Newest message or edit of the open conversation that is on the screen. */
let seq = 0;
/** @type {import('./timeline.js').Timeline | null} */
let timeline = null;
/** @type {EventSource | null} */
let events = null;

/** @param {string} id */
function nameOf(id) {
  return people.find((person) => person.id === id)?.name ?? id;
}

/** @param {string} words empty: all is well */
function banner(words) {
  const place = byId('banner');
  place.textContent = words;
  place.hidden = words === '';
}

/** @param {string} id */
async function become(id) {
  me = id;
  localStorage.setItem('causeway.as', id);
  // In the address as well: two windows may show two people, and a reload keeps each.
  history.replaceState(null, '', `?as=${encodeURIComponent(id)}${location.hash}`);
  showSwitch(people, me, (other) => void become(other));
  listen();
  await refreshList();
  await openConversation(wantedConversation());
}

async function refreshList() {
  conversations = await get(`/chat/conversations?as=${encodeURIComponent(me)}`);
  showConversations(conversations, open);
}

function wantedConversation() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  return conversations.some((conversation) => conversation.id === wanted) ? wanted : 'team';
}

/** @param {string} id */
async function openConversation(id) {
  open = id;
  seq = 0;
  const conversation = conversations.find((known) => known.id === id);
  const isDirect = conversation?.kind === 'direct';
  byId('room-title').textContent = isDirect ? 'Causeway' : (conversation?.title ?? id);
  byId('room-about').textContent = isDirect ? 'Between you and me; nobody else reads this.' : (rooms[id] ?? '');
  showConversations(conversations, open);
  timeline = createTimeline({ me, nameOf, conversation: id });
  const composer = createComposer({
    as: me,
    conversation: id,
    thread: null,
    label: isDirect ? 'Write to Causeway' : `Write to ${conversation?.title ?? id}`,
    id: 'composer-text',
  });
  byId('foot').replaceChildren(composer.element);
  await catchUp(true);
  if (timeline.threads.size === 0) {
    const hasRole = (people.find((person) => person.id === me)?.roles.length ?? 0) > 0;
    showEmpty(id, hasRole, (words) => {
      write(composer, words);
      composer.text.focus();
    });
  }
}

/**
 * Reads what is new in the open conversation; the server takes it as seen.
 * @param {boolean} isFirst
 */
async function catchUp(isFirst) {
  const conversation = open;
  const as = me;
  const path = `/chat/conversations/${encodeURIComponent(conversation)}/messages?as=${encodeURIComponent(as)}&after=${seq}`;
  const { messages } = await get(path);
  if (conversation === open && as === me) {
    take(messages, isFirst);
    await refreshList();
  }
}

/**
 * @param {readonly Message[]} messages
 * @param {boolean} isFirst
 */
function take(messages, isFirst) {
  const fresh = messages.filter((message) => message.seq > seq);
  if (fresh.length === 0) {
    return;
  }
  hideEmpty();
  if (timeline !== null && isFirst) {
    putAll(timeline, fresh);
  } else if (timeline !== null) {
    for (const message of fresh) {
      putNews(timeline, message);
    }
  }
  seq = Math.max(...fresh.map((message) => message.seq));
  const last = fresh.findLast((message) => message.from !== me);
  if (!isFirst && last !== undefined) {
    announce(`${last.speaker ?? nameOf(last.from)}: ${last.text}`);
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let announced;

/**
 * For those who hear the page; gone once it was read out.
 * @param {string} words
 */
function announce(words) {
  byId('announcer').textContent = words;
  clearTimeout(announced);
  announced = setTimeout(() => byId('announcer').replaceChildren(), 3_000);
}

function listen() {
  events?.close();
  const source = new EventSource(`/chat/events?as=${encodeURIComponent(me)}`);
  events = source;
  source.addEventListener('message', (event) => {
    const message = /** @type {Message} */ (JSON.parse(event.data));
    if (message.conversation === open && !document.hidden) {
      take([message], false);
    }
    laterCatchUp();
  });
  source.addEventListener('open', () => {
    banner('');
    laterCatchUp();
  });
  source.addEventListener('error', () => banner('The connection to Causeway is lost. I keep trying.'));
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Many changes in a row are read once. */
function laterCatchUp() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const work = document.hidden ? refreshList() : catchUp(false);
    work.catch((error) => banner(reasonOf(error)));
  }, 150);
}

async function start() {
  wireDrawer();
  wireJump();
  people = await get('/chat/people');
  const wanted = new URLSearchParams(location.search).get('as') ?? localStorage.getItem('causeway.as');
  const first = people.find((person) => person.id === wanted) ?? people[0];
  if (first === undefined) {
    throw new Error('The settings name nobody.');
  }
  await become(first.id);
  window.addEventListener('hashchange', () => void openConversation(wantedConversation()));
  document.addEventListener('visibilitychange', laterCatchUp);
}

start().catch((error) => banner(reasonOf(error)));
