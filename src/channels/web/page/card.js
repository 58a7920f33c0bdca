// One living card: draws it, redraws it in place, and keeps what a person is typing while it changes around them.
import { separateInputs, valuesIn, valuesOf, withValues } from './card-inputs.js';
import { markBusy, markErrors, rememberFocus, tell, wordsFor } from './card-marks.js';
import { h } from './dom.js';
import { isExecute, linkOf, parseCard } from './renderer.js';

/**
 * @typedef {object} Outcome
 * @property {'done' | 'refused' | 'stale' | 'already-decided' | 'invalid'} outcome
 * @property {string} [because]
 * @property {{ input: string, message: string }[]} [errors]
 */
/** @typedef {import('./card-inputs.js').Values} Values */
/** @typedef {{ verb: string, token: string, inputs: Values }} Press */

/**
 * @typedef {object} CardView
 * @property {HTMLElement} element
 * @property {HTMLElement} frame
 * @property {HTMLElement} outcome
 * @property {(press: Press) => Promise<Outcome>} send
 * @property {import('./renderer.js').RenderedCard | null} drawn
 * @property {string} shown the JSON that is drawn
 * @property {Values} sent what was sent and not refused; it is no longer being typed
 * @property {boolean} isSending
 */

/** How long "Done" stays, in milliseconds. The card itself tells the rest. */
const doneStaysMs = 2_500;

/**
 * @param {(press: Press) => Promise<Outcome>} send
 * @returns {CardView}
 */
export function createCardView(send) {
  const frame = h('div', { class: 'card', tabindex: '-1' });
  const outcome = h('p', { class: 'outcome', role: 'status', hidden: true });
  const element = h('div', { class: 'card-box' }, frame, outcome);
  return { element, frame, outcome, send, drawn: null, shown: '', sent: {}, isSending: false };
}

/**
 * @param {CardView} view
 * @param {Record<string, unknown>} json
 */
export function showCard(view, json) {
  const text = JSON.stringify(json);
  if (text === view.shown) {
    return;
  }
  const goBack = rememberFocus(view.frame);
  const typed = typedValues(view);
  view.shown = text;
  draw(view, typed);
  view.outcome.hidden ||= !view.isSending;
  goBack?.();
}

/**
 * What the person wrote into the fields and has not sent.
 * @param {CardView} view
 * @returns {Values}
 */
function typedValues(view) {
  const original = view.shown === '' ? {} : valuesIn(JSON.parse(view.shown));
  const typed = Object.entries(valuesOf(view.drawn)).filter(
    ([id, value]) => value !== (original[id] ?? '') && value !== view.sent[id],
  );
  return Object.fromEntries(typed);
}

/**
 * @param {CardView} view
 * @param {Values} values
 */
function draw(view, values) {
  const card = parseCard(withValues(JSON.parse(view.shown), values), (action) => void press(view, action));
  const body = card.render() ?? h('p', {}, 'This card cannot be shown here.');
  separateInputs(card);
  view.drawn = card;
  view.frame.replaceChildren(body);
}

/**
 * @param {CardView} view
 * @param {import('./renderer.js').CardAction} action
 */
async function press(view, action) {
  if (!isExecute(action)) {
    follow(linkOf(action));
    return;
  }
  if (view.isSending) {
    return;
  }
  const { token = '' } = /** @type {{ token?: string }} */ (action.data ?? {});
  const inputs = action.associatedInputs === 'none' ? {} : valuesOf(view.drawn);
  view.isSending = true;
  view.sent = inputs;
  markErrors(view.frame, []);
  markBusy(view.frame, action.renderedElement ?? view.frame);
  tell(view.outcome, 'busy', 'Sending…');
  const before = view.shown;
  const result = await view.send({ verb: action.verb, token, inputs });
  view.isSending = false;
  markBusy(view.frame, null);
  finish(view, result, inputs);
  // The card has changed meanwhile, and says more than "Done" does.
  view.outcome.hidden ||= result.outcome === 'done' && view.shown !== before;
}

/** @param {string | null} url */
function follow(url) {
  if (url !== null) {
    window.open(url, '_blank', 'noopener,noreferrer');
  }
}

/**
 * @param {CardView} view
 * @param {Outcome} result
 * @param {Values} inputs
 */
function finish(view, result, inputs) {
  if (result.outcome !== 'done') {
    view.sent = {};
    giveBack(view, inputs);
  }
  markErrors(view.frame, result.errors ?? []);
  tell(view.outcome, result.outcome, wordsFor(result));
  if (result.outcome === 'done') {
    setTimeout(() => {
      view.outcome.hidden ||= view.outcome.dataset['kind'] === 'done';
    }, doneStaysMs);
  }
}

/**
 * What was not taken stands in the fields again, also when the card changed meanwhile.
 * @param {CardView} view
 * @param {Values} inputs
 */
function giveBack(view, inputs) {
  const now = valuesOf(view.drawn);
  if (Object.entries(inputs).some(([id, value]) => id in now && now[id] !== value)) {
    draw(view, { ...typedValues(view), ...inputs });
  }
}
