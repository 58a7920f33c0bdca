// A thread: its first message, the answers right below it, and a way to answer.
import { createComposer } from './composer.js';
import { h } from './dom.js';
import { createMessageView } from './message.js';

/** @typedef {import('./types.d.ts').Message} Message */
/** @typedef {import('./message.js').Room & { conversation: string }} Room */

/**
 * @param {string} root id of the first message
 * @param {Room} room
 */
export function createThreadView(root, room) {
  /** @type {Map<string, { view: ReturnType<typeof createMessageView>, at: string }>} */
  const views = new Map();
  const first = h('div', {});
  const replies = h('div', { class: 'replies', role: 'group', 'aria-label': 'Replies' });
  const foot = h('div', { class: 'thread-foot' });
  const element = h('section', { class: 'thread', 'data-root': root, 'aria-label': 'Thread' }, first, replies, foot);
  closeBox();

  function closeBox() {
    foot.replaceChildren(h('button', { type: 'button', class: 'quiet', onclick: openBox }, 'Reply in thread'));
  }

  function openBox() {
    const { me, conversation } = room;
    const box = createComposer({
      as: me,
      conversation,
      thread: root,
      label: 'Reply in thread',
      id: `reply-${root}`,
      sent: () => {},
    });
    box.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        closeBox();
        foot.querySelector('button')?.focus();
      }
    });
    foot.replaceChildren(box.element);
    box.focus();
  }

  /**
   * @param {Message} message
   * @returns {{ element: HTMLElement, isNew: boolean }}
   */
  function put(message) {
    const known = views.get(message.id);
    if (known !== undefined) {
      known.view.show(message);
      return { element: known.view.element, isNew: false };
    }
    const view = createMessageView(message, room);
    views.set(message.id, { view, at: message.at });
    if (message.id === root) {
      first.replaceChildren(view.element);
    } else {
      const later = [...views.values()].filter(
        (other) => other.at > message.at && other.view.element.parentElement === replies,
      );
      replies.insertBefore(view.element, later[0]?.view.element ?? null);
    }
    return { element: view.element, isNew: true };
  }

  return { element, put };
}
