// One living card: draws it, redraws it in place, and keeps what a person is typing while it changes around them.
import { h } from './dom.js';
import { hostConfig } from './host-config.js';

/** @typedef {import('./types.d.ts').RenderedCard} RenderedCard */
/** @typedef {import('./types.d.ts').CardInput} CardInput */
/** @typedef {import('./types.d.ts').Outcome} Outcome */
/** @typedef {Record<string, string>} Values */
/** @typedef {{ verb: string, token: string, inputs: Values }} Press */

/** @param {CardInput} input */
function valueOf(input) {
  return input.value === undefined || input.value === null ? '' : String(input.value);
}

/**
 * The same JSON with these values in its inputs.
 * @param {any} node
 * @param {Values} values
 * @returns {any}
 */
function withValues(node, values) {
  if (Array.isArray(node)) {
    return node.map((item) => withValues(item, values));
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withValues(value, values)]));
  const typed = typeof node.type === 'string' && node.type.startsWith('Input.') ? values[node.id] : undefined;
  return typed === undefined ? copy : { ...copy, value: typed };
}

/** @param {(press: Press) => Promise<Outcome>} send */
export function createCardView(send) {
  const frame = h('div', { class: 'card', tabindex: '-1' });
  const outcome = h('p', { class: 'outcome', role: 'status', hidden: true });
  const element = h('div', { class: 'card-box' }, frame, outcome);
  /** @type {RenderedCard | null} */
  let drawn = null;
  let shown = '';
  /** @type {Values} What the server said stands in the fields. */
  let initial = {};
  /** @type {Values | null} What was sent and is not yet answered, or was taken. */
  let sent = null;
  let isSending = false;

  /** @returns {Values} */
  function typedValues() {
    /** @type {Values} */
    const typed = {};
    for (const input of drawn?.getAllInputs() ?? []) {
      const value = valueOf(input);
      if (input.id !== undefined && value !== (initial[input.id] ?? '') && value !== sent?.[input.id]) {
        typed[input.id] = value;
      }
    }
    return typed;
  }

  /**
   * @param {Record<string, unknown>} json
   * @param {Values} typed
   */
  function draw(json, typed) {
    const fresh = new AdaptiveCards.AdaptiveCard();
    fresh.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    fresh.onExecuteAction = (action) => void press(action);
    fresh.parse(json);
    initial = Object.fromEntries(
      fresh.getAllInputs().map((input) => [input.id ?? '', String(/** @type {any} */ (input).defaultValue ?? '')]),
    );
    fresh.parse(withValues(json, typed));
    const body = fresh.render() ?? h('p', {}, 'This card cannot be shown here.');
    for (const input of fresh.getAllInputs()) {
      // Two cards may ask for the same thing; an id of the page must be unique.
      input.renderedElement?.removeAttribute('id');
      input.renderedElement?.setAttribute('data-input', input.id ?? '');
    }
    drawn = fresh;
    frame.replaceChildren(body);
  }

  /** @param {Record<string, unknown>} json */
  function show(json) {
    const text = JSON.stringify(json);
    if (text === shown) {
      return;
    }
    const isEdit = shown !== '';
    const focus = rememberFocus(frame);
    draw(json, isEdit ? typedValues() : {});
    shown = text;
    if (!isSending) {
      outcome.hidden = true;
    }
    focus?.();
  }

  /** @param {import('./types.d.ts').CardAction} action */
  async function press(action) {
    if (!(action instanceof AdaptiveCards.ExecuteAction) || isSending) {
      return;
    }
    const { token } = /** @type {{ token?: string }} */ (action.data ?? {});
    const inputs = Object.fromEntries((drawn?.getAllInputs() ?? []).map((input) => [input.id ?? '', valueOf(input)]));
    const values = /** @type {any} */ (action).associatedInputs === 'none' ? {} : inputs;
    isSending = true;
    sent = values;
    setBusy(frame, action.renderedElement);
    tell(outcome, 'busy', 'Sending…');
    const result = await send({ verb: action.verb, token: token ?? '', inputs: values });
    isSending = false;
    setBusy(frame, undefined);
    finish(result, values);
  }

  /**
   * @param {Outcome} result
   * @param {Values} values
   */
  function finish(result, values) {
    showErrors(frame, result.errors ?? []);
    if (result.outcome === 'done') {
      tell(outcome, 'done', 'Done');
      setTimeout(() => {
        outcome.hidden = outcome.dataset['kind'] === 'done';
      }, 2_500);
      return;
    }
    sent = null;
    restore(values);
    tell(outcome, result.outcome, wordsFor(result));
  }

  /**
   * What was not taken stands in the fields again, also when the card changed meanwhile.
   * @param {Values} values
   */
  function restore(values) {
    const now = Object.fromEntries((drawn?.getAllInputs() ?? []).map((input) => [input.id ?? '', valueOf(input)]));
    const isLost = Object.entries(values).some(([id, value]) => id in now && now[id] !== value);
    if (isLost) {
      draw(JSON.parse(shown), { ...typedValues(), ...values });
    }
  }

  return { element, show };
}

/**
 * Remembers where the person is in this card; the answer puts them back there.
 * @param {HTMLElement} frame
 */
function rememberFocus(frame) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !frame.contains(active)) {
    return null;
  }
  const id = active.closest('[data-input]')?.getAttribute('data-input');
  const caret =
    active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === 'text')
      ? active.selectionStart
      : null;
  return () => {
    /** @type {HTMLInputElement | null} */
    const field =
      id === undefined || id === null
        ? null
        : frame.querySelector(`[data-input="${CSS.escape(id)}"] :is(input, textarea, select)`);
    (field ?? frame).focus({ preventScroll: true });
    if (field !== null && caret !== null) {
      field.setSelectionRange(caret, caret);
    }
  };
}

/**
 * @param {HTMLElement} frame
 * @param {HTMLElement | undefined} pressed undefined: not busy any more
 */
function setBusy(frame, pressed) {
  frame.toggleAttribute('aria-busy', pressed !== undefined);
  for (const button of frame.querySelectorAll('button.ac-pushButton')) {
    /** @type {HTMLButtonElement} */ (button).disabled = pressed !== undefined;
    button.classList.toggle('busy', button === pressed);
  }
}

/**
 * @param {HTMLElement} frame
 * @param {readonly { input: string, message: string }[]} errors
 */
function showErrors(frame, errors) {
  for (const old of frame.querySelectorAll('.field-error')) {
    old.remove();
  }
  for (const field of frame.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
  }
  for (const { input, message } of errors) {
    const place = frame.querySelector(`[data-input="${CSS.escape(input)}"]`);
    const field = place?.querySelector('input, textarea, select');
    place?.append(h('p', { class: 'field-error' }, `✕ ${message}`));
    field?.setAttribute('aria-invalid', 'true');
  }
  const first = frame.querySelector('[aria-invalid]');
  if (first instanceof HTMLElement) {
    first.focus();
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} kind
 * @param {string} words
 */
function tell(place, kind, words) {
  place.dataset['kind'] = kind;
  place.hidden = false;
  place.textContent = words;
}

/** @param {Outcome} result */
function wordsFor({ outcome, because = '' }) {
  if (outcome === 'invalid') {
    return because === '' ? 'Please look at the marked fields.' : because;
  }
  const fallback = {
    refused: 'This is not possible.',
    stale: 'This card has moved on.',
    'already-decided': 'Somebody has decided already.',
    done: '',
  };
  return because === '' ? fallback[outcome] : because;
}
