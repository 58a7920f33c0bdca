// A box to write in: one for the conversation, one for each thread that somebody opens. Enter sends.
import { post, reasonOf } from './api.js';
import { h } from './dom.js';

/** @type {Map<string, string>} What was begun and not sent, so that looking elsewhere loses nothing. */
const drafts = new Map();

/**
 * @typedef {object} Box
 * @property {string} as
 * @property {string} conversation
 * @property {string | null} thread
 * @property {string} label
 * @property {string} id
 * @property {(message: string) => void} sent
 */

/** @param {Box} box */
export function createComposer(box) {
  const key = `${box.as}/${box.conversation}/${box.thread ?? ''}`;
  const text = h('textarea', {
    id: box.id,
    rows: '1',
    placeholder: box.label,
    'aria-label': box.label,
    maxlength: '8000',
    enterkeyhint: 'send',
  });
  const button = h('button', { type: 'submit', class: 'send' }, 'Send');
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const element = h(
    'form',
    { class: 'composer', novalidate: true },
    h('div', { class: 'composer-row' }, text, button),
    problem,
  );

  /** @param {string} value */
  function write(value) {
    text.value = value;
    drafts.set(key, value);
    grow(text);
    button.disabled = value.trim() === '';
  }

  async function send() {
    const words = text.value.trim();
    if (words === '' || text.readOnly) {
      return;
    }
    text.readOnly = true;
    button.disabled = true;
    problem.hidden = true;
    try {
      const thread = box.thread === null ? {} : { thread: box.thread };
      const answer = await post('/chat/messages', {
        as: box.as,
        conversation: box.conversation,
        text: words,
        ...thread,
      });
      write('');
      box.sent(answer.message);
      show(answer.because ?? '');
    } catch (error) {
      show(reasonOf(error));
    }
    text.readOnly = false;
    button.disabled = text.value.trim() === '';
  }

  /** @param {string} words */
  function show(words) {
    problem.textContent = words;
    problem.hidden = words === '';
  }

  text.addEventListener('input', () => write(text.value));
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  });
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  write(drafts.get(key) ?? '');
  return { element, write, focus: () => text.focus() };
}

/**
 * As high as its text, up to a third of the window.
 * @param {HTMLTextAreaElement} text
 */
function grow(text) {
  text.style.height = 'auto';
  const height = Math.min(text.scrollHeight, Math.round(window.innerHeight / 3));
  text.style.height = text.value === '' ? '' : `${height + 2}px`;
}
