// A thread: its first message, the answers right below it, and a way to answer.
import { createComposer } from './composer.js';
import { h } from './dom.js';
import { createMessage, showMessage } from './message.js';

/** @typedef {import('./message.js').Message} Message */
/** @typedef {import('./message.js').Room & { conversation: string }} Room */

/**
 * @typedef {object} Thread
 * @property {string} root id of the first message
 * @property {Room} room
 * @property {HTMLElement} element
 * @property {HTMLElement} first
 * @property {HTMLElement} replies
 * @property {HTMLElement} foot
 * @property {Map<string, import('./message.js').MessageView>} views by message id
 */

/**
 * @param {string} root
 * @param {Room} room
 * @returns {Thread}
 */
export function createThread(root, room) {
  const first = h('div', {});
  const replies = h('div', { class: 'replies', role: 'group', 'aria-label': 'Replies' });
  const foot = h('div', { class: 'thread-foot' });
  const element = h('section', { class: 'thread', 'data-root': root, 'aria-label': 'Thread' }, first, replies, foot);
  const thread = { root, room, element, first, replies, foot, views: new Map() };
  closeBox(thread);
  return thread;
}

/** @param {Thread} thread */
function closeBox(thread) {
  const button = h('button', { type: 'button', class: 'quiet', onclick: () => openBox(thread) }, 'Reply in thread');
  thread.foot.replaceChildren(button);
}

/** @param {Thread} thread */
function openBox(thread) {
  const { room, root, foot } = thread;
  const { me, conversation } = room;
  const { element, text } = createComposer({
    as: me,
    conversation,
    thread: root,
    label: 'Reply in thread',
    id: `reply-${root}`,
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      closeBox(thread);
      foot.querySelector('button')?.focus();
    }
  });
  foot.replaceChildren(element);
  text.focus();
}

/**
 * @param {Thread} thread
 * @param {Message} message
 * @returns {{ element: HTMLElement, isNew: boolean }}
 */
export function putMessage(thread, message) {
  const known = thread.views.get(message.id);
  if (known !== undefined) {
    showMessage(known, message);
    return { element: known.element, isNew: false };
  }
  const view = createMessage(message, thread.room);
  thread.views.set(message.id, view);
  if (message.id === thread.root) {
    thread.first.replaceChildren(view.element);
  } else {
    thread.replies.insertBefore(view.element, firstLater(thread, message));
  }
  return { element: view.element, isNew: true };
}

/**
 * @param {Thread} thread
 * @param {Message} message
 */
function firstLater(thread, message) {
  const views = [...thread.views.values()].filter(({ element }) => element.parentElement === thread.replies);
  const later = views
    .filter((view) => view.message.at > message.at)
    .toSorted((left, right) => (left.message.at < right.message.at ? -1 : 1));
  return later[0]?.element ?? null;
}
