// Marks on a drawn card: where the person is, what is being sent, what was wrong.
import { h } from './dom.js';

/** @typedef {import('./card.js').Outcome} Outcome */

/**
 * Remembers where the person is in this card; the answer puts them back there.
 * @param {HTMLElement} frame
 * @returns {(() => void) | null} null when they are elsewhere
 */
export function rememberFocus(frame) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !frame.contains(active)) {
    return null;
  }
  const id = active.closest('[data-input]')?.getAttribute('data-input') ?? null;
  const caret = caretOf(active);
  return () => {
    const field = id === null ? null : fieldOf(frame, id);
    (field ?? frame).focus({ preventScroll: true });
    if (field !== null && caret !== null && caretOf(field) !== null) {
      /** @type {HTMLInputElement | HTMLTextAreaElement} */ (field).setSelectionRange(caret, caret);
    }
  };
}

/** @param {HTMLElement} field */
function caretOf(field) {
  const isText = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === 'text');
  return isText ? field.selectionStart : null;
}

/**
 * @param {HTMLElement} frame
 * @param {string} input
 * @returns {HTMLElement | null}
 */
function fieldOf(frame, input) {
  return frame.querySelector(`[data-input="${CSS.escape(input)}"] :is(input, textarea, select)`);
}

/**
 * A button that is really disabled would lose the focus, and with it the person's place.
 * @param {HTMLElement} frame
 * @param {HTMLElement | null} pressed null: not busy any more
 */
export function markBusy(frame, pressed) {
  frame.setAttribute('aria-busy', String(pressed !== null));
  for (const button of frame.querySelectorAll('button')) {
    button.setAttribute('aria-disabled', String(pressed !== null));
    button.classList.toggle('busy', button === pressed);
  }
}

/**
 * Puts each error to its field and goes to the first one.
 * @param {HTMLElement} frame
 * @param {readonly { input: string, message: string }[]} errors
 */
export function markErrors(frame, errors) {
  for (const old of frame.querySelectorAll('.field-error')) {
    old.remove();
  }
  for (const field of frame.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
  }
  for (const { input, message } of errors) {
    frame
      .querySelector(`[data-input="${CSS.escape(input)}"]`)
      ?.append(h('p', { class: 'field-error' }, `✕ ${message}`));
    fieldOf(frame, input)?.setAttribute('aria-invalid', 'true');
  }
  const first = errors[0];
  if (first !== undefined) {
    fieldOf(frame, first.input)?.focus();
  }
}

/**
 * @param {HTMLElement} place
 * @param {Outcome['outcome'] | 'busy'} kind
 * @param {string} words
 */
export function tell(place, kind, words) {
  place.dataset['kind'] = kind;
  place.hidden = false;
  place.textContent = words;
}

const plainWords = {
  done: 'Done',
  invalid: 'Please look at the marked fields.',
  refused: 'This is not possible.',
  stale: 'This card has moved on.',
  'already-decided': 'Somebody has decided already.',
};

/**
 * @param {Outcome} result
 * @returns {string} what to tell the person
 */
export function wordsFor({ outcome, because, errors = [] }) {
  const isOnFields = outcome === 'invalid' && errors.length > 0;
  return because === undefined || isOnFields ? plainWords[outcome] : because;
}
