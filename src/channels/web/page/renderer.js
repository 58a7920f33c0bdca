// The card renderer, which its package puts on the window (/vendor/adaptivecards.js runs before any module).
import { hostConfig } from './host-config.js';

/** @typedef {import('adaptivecards').AdaptiveCard} RenderedCard */
/** @typedef {import('adaptivecards').Action} CardAction */

/** @type {typeof import('adaptivecards')} */
const AdaptiveCards = Reflect.get(window, 'AdaptiveCards');

// Text is data here: no markdown, no HTML, in any card.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = () => {};

const looks = new AdaptiveCards.HostConfig(hostConfig);

/**
 * @param {unknown} json
 * @param {(action: CardAction) => void} onPress
 * @returns {RenderedCard}
 */
export function parseCard(json, onPress) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = looks;
  card.onExecuteAction = onPress;
  card.parse(json);
  return card;
}

/**
 * @param {CardAction} action
 * @returns {action is import('adaptivecards').ExecuteAction}
 */
export function isExecute(action) {
  return action instanceof AdaptiveCards.ExecuteAction;
}

/**
 * Where a link of a card leads; null for every other button.
 * @param {CardAction} action
 */
export function linkOf(action) {
  return action instanceof AdaptiveCards.OpenUrlAction ? (action.url ?? null) : null;
}
