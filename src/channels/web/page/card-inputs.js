// What stands in the fields of a card.

/** @typedef {import('./renderer.js').RenderedCard} RenderedCard */
/** @typedef {Record<string, string>} Values by input id */

/**
 * @param {RenderedCard | null} card
 * @returns {Values}
 */
export function valuesOf(card) {
  const entries = (card?.getAllInputs() ?? []).map((input) => [input.id ?? '', textOf(input.value)]);
  return Object.fromEntries(entries);
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

let cards = 0;

/**
 * Two cards may ask for the same thing: their fields must not share an id or, worse, be choices of one question.
 * @param {RenderedCard} card drawn, and not on the page yet
 */
export function separateInputs(card) {
  cards += 1;
  for (const { id = '', label, renderedElement } of card.getAllInputs()) {
    renderedElement?.removeAttribute('id');
    renderedElement?.setAttribute('data-input', id);
    for (const choice of renderedElement?.querySelectorAll('input[name]') ?? []) {
      choice.setAttribute('name', `${id}-${cards}`);
    }
    const group = renderedElement?.querySelector('.ac-choiceSetInput-expanded');
    group?.setAttribute('role', 'radiogroup');
    group?.setAttribute('aria-label', label ?? '');
  }
}

/**
 * The values that the card itself came with.
 * @param {unknown} json
 * @returns {Values}
 */
export function valuesIn(json) {
  if (typeof json !== 'object' || json === null) {
    return {};
  }
  const own = isInput(json) ? { [json.id]: textOf(json.value) } : {};
  return Object.assign(own, ...Object.values(json).map(valuesIn));
}

/**
 * The same card with these values in its fields.
 * @param {unknown} json
 * @param {Values} values
 * @returns {unknown}
 */
export function withValues(json, values) {
  if (Array.isArray(json)) {
    return json.map((item) => withValues(item, values));
  }
  if (typeof json !== 'object' || json === null) {
    return json;
  }
  const copy = Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withValues(value, values)]));
  const typed = isInput(json) ? values[json.id] : undefined;
  return typed === undefined ? copy : { ...copy, value: typed };
}

/**
 * @param {object} element
 * @returns {element is { id: string, value?: unknown }}
 */
function isInput(element) {
  const { type, id } = /** @type {Record<string, unknown>} */ (element);
  return typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string';
}
