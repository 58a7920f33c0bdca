// A box to write in: one for the conversation, one for each thread that somebody opens. Enter sends.
import { post, postFile, reasonOf } from './api.js';
import { createAttach } from './attach.js';
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
 * @property {import('./attach.js').Attach} attach
 * @property {HTMLButtonElement} button
 * @property {HTMLElement} problem
 * @property {{ content: string, key: string } | null} tried Sent, but not known to have arrived.
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
  const attach = createAttach(() => {
    button.disabled = isEmpty({ text, attach });
  });
  const row = h('div', { class: 'composer-row' }, attach.button, text, button);
  const element = h('form', { class: 'composer', novalidate: true }, row, attach.chosen, problem);
  /** @type {Composer} */
  const composer = { box, element, text, attach, button, problem, tried: null };
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
export function write({ box, text, attach, button }, words) {
  if (text.value !== words) {
    text.value = words;
  }
  drafts.set(draftKey(box), words);
  grow(text);
  button.disabled = isEmpty({ text, attach });
}

/** @param {Pick<Composer, 'text' | 'attach'>} composer */
function isEmpty({ text, attach }) {
  return text.value.trim() === '' && attach.files().length === 0;
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
  const { box, text, attach, button } = composer;
  const words = text.value.trim();
  if (isEmpty(composer) || text.readOnly) {
    return;
  }
  text.readOnly = true;
  button.disabled = true;
  const thread = box.thread === null ? {} : { thread: box.thread };
  try {
    const attached = await Promise.all(attach.files().map(postFile));
    const key = keyFor(composer, words);
    const said = { as: box.as, conversation: box.conversation, key, text: words, files: attached, ...thread };
    const answer = await post('/chat/messages', said);
    composer.tried = null;
    attach.clear();
    write(composer, '');
    tellProblem(composer, answer.because ?? '');
  } catch (error) {
    tellProblem(composer, reasonOf(error));
  }
  text.readOnly = false;
  button.disabled = isEmpty(composer);
}

/**
 * The same for the same words and files until they have arrived: who sends them again has said them once.
 * @param {Composer} composer
 * @param {string} words
 */
function keyFor(composer, words) {
  const files = composer.attach.files().map(({ lastModified, name, size }) => [name, size, lastModified]);
  const content = JSON.stringify([words, files]);
  if (composer.tried?.content !== content) {
    composer.tried = { content, key: newKey() };
  }
  return composer.tried.key;
}

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {Composer} composer
 * @param {string} words
 */
function tellProblem({ problem }, words) {
  problem.textContent = words;
  problem.hidden = words === '';
}
