// The messages of one conversation, thread by thread, oldest first. Edits change a message where it stands.
import { byId, h } from './dom.js';
import { bringIntoView, hideJump, isAtEnd, isNearEnd, offerJump } from './scroll.js';
import { createThread, putMessage } from './thread.js';
import { dayOf } from './time.js';

/** @typedef {import('./message.js').Message} Message */

/**
 * @typedef {object} Timeline
 * @property {import('./thread.js').Room} room
 * @property {Map<string, import('./thread.js').Thread>} threads by the id of their first message
 * @property {string} day of the newest thread
 */

/**
 * @param {import('./thread.js').Room} room
 * @returns {Timeline}
 */
export function createTimeline(room) {
  byId('timeline').replaceChildren();
  hideJump();
  return { room, threads: new Map(), day: '' };
}

/**
 * The whole conversation at once: shows its end.
 * @param {Timeline} timeline
 * @param {readonly Message[]} messages
 */
export function putAll(timeline, messages) {
  const oldestFirst = messages.toSorted((left, right) => (left.at < right.at ? -1 : 1));
  const elements = oldestFirst.map((message) => putMessage(threadOf(timeline, message), message).element);
  const view = byId('timeline');
  view.scrollTop = view.scrollHeight;
  const last = elements.at(-1);
  if (last !== undefined) {
    bringIntoView(last);
  }
}

/**
 * Something new or changed while the person looks on.
 * @param {Timeline} timeline
 * @param {Message} message
 */
export function putNews(timeline, message) {
  const wasAtEnd = isNearEnd();
  const isUsed = isInUse(message.id);
  const { element, isNew } = putMessage(threadOf(timeline, message), message);
  const isMine = message.from === timeline.room.me;
  if (isUsed || (isNew && (isMine || (wasAtEnd && isAtEnd(element))))) {
    bringIntoView(element);
  } else if (isNew) {
    const name = message.from === 'causeway' ? (message.speaker ?? 'Causeway') : timeline.room.nameOf(message.from);
    offerJump(element, name);
  }
}

/**
 * True when the person has just pressed a button of this message, or is about to.
 * @param {string} id
 */
function isInUse(id) {
  const message = byId('timeline').querySelector(`[data-id="${CSS.escape(id)}"]`);
  return (
    message !== null && (message.querySelector('[aria-busy=true]') !== null || message.contains(document.activeElement))
  );
}

/**
 * @param {Timeline} timeline
 * @param {Message} message
 */
function threadOf(timeline, message) {
  const root = message.thread ?? message.id;
  const known = timeline.threads.get(root);
  if (known !== undefined) {
    return known;
  }
  const thread = createThread(root, timeline.room);
  const day = dayOf(message.at);
  if (day !== timeline.day) {
    byId('timeline').append(h('p', { class: 'day' }, h('span', {}, day)));
    timeline.day = day;
  }
  timeline.threads.set(root, thread);
  byId('timeline').append(thread.element);
  return thread;
}
