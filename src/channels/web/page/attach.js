// The files of a message that is being written: one quiet button, and what was chosen with its size.
import { h } from './dom.js';

/**
 * @typedef {object} Attach
 * @property {HTMLElement} button Stands beside the text.
 * @property {HTMLElement} chosen Stands below it; hidden while there is nothing.
 * @property {() => File[]} files
 * @property {() => void} clear
 */

/**
 * @param {() => void} changed Called when files were chosen or taken away.
 * @returns {Attach}
 */
export function createAttach(changed) {
  const input = h('input', { type: 'file', class: 'sr-only', multiple: true, 'aria-label': 'Attach files' });
  const button = h(
    'label',
    { class: 'attach', title: 'Attach files' },
    input,
    h('span', { 'aria-hidden': 'true' }, '+'),
  );
  const names = h('span', {});
  const away = h('button', { type: 'button', class: 'attach-away' }, 'Remove');
  const chosen = h('p', { class: 'attached', role: 'status', hidden: true }, names, ' ', away);

  function files() {
    return [...(input.files ?? [])];
  }
  function show() {
    const list = files();
    names.textContent = list.map(({ name, size }) => `${name} (${sizeText(size)})`).join(', ');
    chosen.hidden = list.length === 0;
    changed();
  }
  function clear() {
    input.value = '';
    show();
  }
  input.addEventListener('change', show);
  away.addEventListener('click', clear);
  return { button, chosen, files, clear };
}

/** @param {number} bytes */
function sizeText(bytes) {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
