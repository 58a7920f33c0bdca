// A document in a message, such as a script: shown as it is written, and saved as a file.
import { h } from './dom.js';

/**
 * @typedef {object} Document
 * @property {string} title
 * @property {string} name of the file
 * @property {string} text
 */

const fenced = /^(?<title>[^\n]*)\n```(?<name>[\w.-]+)\n(?<text>[\s\S]*)\n```$/;

/**
 * @param {string} words
 * @returns {Document | null} null when they are plain words
 */
export function readDocument(words) {
  const { title, name, text } = fenced.exec(words)?.groups ?? {};
  return title === undefined || name === undefined || text === undefined ? null : { title, name, text };
}

/**
 * @param {Document} document
 * @returns {HTMLElement}
 */
export function showDocument({ title, name, text }) {
  const save = h(
    'button',
    { type: 'button', class: 'document-save', onclick: () => saveAs(name, text) },
    `Save ${name}`,
  );
  const code = h('pre', { tabindex: '0', role: 'region', 'aria-label': title }, h('code', {}, text));
  return h('figure', { class: 'document' }, code, h('figcaption', {}, save));
}

/**
 * @param {string} name
 * @param {string} text
 */
function saveAs(name, text) {
  const address = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
  h('a', { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
