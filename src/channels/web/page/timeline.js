// The messages of one conversation, thread by thread, oldest first. Edits change a message where it stands.
import { byId, h } from './dom.js';
import { createThreadView } from './thread.js';
import { dayOf } from './time.js';

/** @typedef {import('./types.d.ts').Message} Message */

/** Closer to the end than this, and the view follows what is new. In pixels. */
const nearEnd = 120;

/** @param {import('./thread.js').Room} room */
export function createTimeline(room) {
  const scroller = byId('timeline');
  const jump = byId('jump');
  /** @type {Map<string, ReturnType<typeof createThreadView>>} */
  const threads = new Map();
  scroller.replaceChildren();
  jump.hidden = true;

  /** @param {Message} message */
  function threadOf(message) {
    const root = message.thread ?? message.id;
    const known = threads.get(root);
    if (known !== undefined) {
      return known;
    }
    const thread = createThreadView(root, room);
    const day = dayOf(message.at);
    if (scroller.dataset['day'] !== day || threads.size === 0) {
      scroller.append(h('p', { class: 'day' }, h('span', {}, day)));
      scroller.dataset['day'] = day;
    }
    threads.set(root, thread);
    scroller.append(thread.element);
    return thread;
  }

  /**
   * @param {readonly Message[]} messages
   * @param {boolean} isFirst the whole conversation at once: show its end
   */
  function put(messages, isFirst) {
    const follows = isFirst || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
    const ordered = isFirst ? messages.toSorted((left, right) => (left.at < right.at ? -1 : 1)) : messages;
    for (const message of ordered) {
      const busy = scroller.querySelector(
        `[data-id="${CSS.escape(message.id)}"] [aria-busy], [data-id="${CSS.escape(message.id)}"] .card:focus-within`,
      );
      const { element, isNew } = threadOf(message).put(message);
      if (isFirst) {
        continue;
      }
      if (busy !== null) {
        bringIntoView(element);
      } else if (isNew && (follows || message.from === room.me)) {
        bringIntoView(element);
      } else if (isNew) {
        offerJump(message, element);
      }
    }
    if (isFirst) {
      scroller.scrollTop = scroller.scrollHeight;
      bringIntoView(/** @type {HTMLElement | null} */ ([...scroller.querySelectorAll('.message')].at(-1)));
    }
  }

  /**
   * What is higher than the window is shown from its beginning.
   * @param {HTMLElement | null} element
   */
  function bringIntoView(element) {
    if (element === null) {
      return;
    }
    const room = scroller.clientHeight;
    const box = element.getBoundingClientRect();
    const top = box.top - scroller.getBoundingClientRect().top;
    if (box.height > room || top < 0) {
      scroller.scrollTop += top - 12;
    } else if (top + box.height > room) {
      scroller.scrollTop += top + box.height - room + (isLast(element) ? 80 : 12);
    }
  }

  /** @param {HTMLElement} element */
  function isLast(element) {
    return [...scroller.querySelectorAll('.message')].at(-1) === element;
  }

  /**
   * @param {Message} message
   * @param {HTMLElement} element
   */
  function offerJump(message, element) {
    const box = element.getBoundingClientRect();
    const window = scroller.getBoundingClientRect();
    if (box.top >= window.top && box.top < window.bottom - 40) {
      return;
    }
    const direction = box.top < window.top ? '↑' : '↓';
    const name = message.from === 'causeway' ? (message.speaker ?? 'Causeway') : room.nameOf(message.from);
    jump.textContent = `${direction} New from ${name}`;
    jump.hidden = false;
    jump.onclick = () => {
      jump.hidden = true;
      bringIntoView(element);
      element.focus({ preventScroll: true });
    };
  }

  scroller.onscroll = () => {
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd) {
      jump.hidden = true;
    }
  };

  return { put, isEmpty: () => threads.size === 0 };
}
