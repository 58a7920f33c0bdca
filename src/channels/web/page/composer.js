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
 */

/**
 * @typedef {object} Composer
 * @property {Box} box
 * @property {HTMLFormElement} element
 * @property {HTMLTextAreaElement} text
 * @property {HTMLButtonElement} button
 * @property {HTMLElement} problem
 */

/**
 * @param {Box} box
 * @returns {Composer}
 */
export function createComposer(box) {
  const { id, label } = box;
  const text = h('textarea', {
    id,
    rows: '1',
    placeholder: label,
    'aria-label': label,
    maxlength: '8000',
    enterkeyhint: 'send',
  });
  const button = h('button', { type: 'submit', class: 'send' }, 'Send');
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const row = h('div', { class: 'composer-row' }, text, button);
  const element = h('form', { class: 'composer', novalidate: true }, row, problem);
  const composer = { box, element, text, button, problem };
  text.addEventListener('input', () => write(composer, text.value));
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send(composer);
    }
  });
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(composer);
  });
  write(composer, drafts.get(draftKey(box)) ?? '');
  return composer;
}

/** @param {Box} box */
function draftKey({ as, conversation, thread }) {
  return JSON.stringify([as, conversation, thread]);
}

/**
 * @param {Composer} composer
 * @param {string} words
 */
export function write({ box, text, button }, words) {
  if (text.value !== words) {
    text.value = words;
  }
  drafts.set(draftKey(box), words);
  grow(text);
  button.disabled = words.trim() === '';
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

/** @param {Composer} composer */
async function send(composer) {
  const { box, text, button } = composer;
  const words = text.value.trim();
  if (words === '' || text.readOnly) {
    return;
  }
  text.readOnly = true;
  button.disabled = true;
  const thread = box.thread === null ? {} : { thread: box.thread };
  try {
    const answer = await post('/chat/messages', { as: box.as, conversation: box.conversation, text: words, ...thread });
    write(composer, '');
    tellProblem(composer, answer.because ?? '');
  } catch (error) {
    tellProblem(composer, reasonOf(error));
  }
  text.readOnly = false;
  button.disabled = text.value.trim() === '';
}

/**
 * @param {Composer} composer
 * @param {string} words
 */
function tellProblem({ problem }, words) {
  problem.textContent = words;
  problem.hidden = words === '';
}
