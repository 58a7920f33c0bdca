// What stands in a conversation before anybody has said a word.
import { byId, h } from './dom.js';

const suggestions = [
  { title: 'Connect a network', words: 'connect mendix-prod to hub-vnet for app orders' },
  { title: 'Report a problem', words: 'prod is down since 8, recovery button did nothing' },
];

const quietRooms = /** @type {Record<string, { title: string, text: string }>} */ ({
  'on-call': {
    title: 'Nothing waits for a decision',
    text: 'When somebody asks for approval of a network change, the card appears here.',
  },
  support: { title: 'No open tickets', text: 'When a ticket is opened, its card appears here and follows the desk.' },
});

/**
 * @param {string} conversation
 * @param {boolean} hasRole
 * @param {(words: string) => void} prefill
 */
export function showEmpty(conversation, hasRole, prefill) {
  const quiet = quietRooms[conversation];
  const title = quiet?.title ?? 'What can I do for you?';
  const intro = hasRole
    ? 'I connect private networks to Mendix on Azure, with a plan, an approval and a proof; and I take problems to the right desk. Say it in your own words, or begin with one of these.'
    : 'You have no role here yet. You can write, and I answer you alone; somebody with the role administrator can add you.';
  const buttons =
    quiet === undefined && hasRole ? suggestions.map((suggestion) => suggestionButton(suggestion, prefill)) : [];
  byId('timeline').append(
    h(
      'div',
      { class: 'empty', id: 'empty' },
      h('img', { src: '/page/mark.svg', alt: '', width: '48', height: '48' }),
      h('h2', {}, title),
      h('p', {}, quiet?.text ?? intro),
      h('div', { class: 'suggestions' }, ...buttons),
    ),
  );
}

/**
 * @param {{ title: string, words: string }} suggestion
 * @param {(words: string) => void} prefill
 */
function suggestionButton({ title, words }, prefill) {
  return h(
    'button',
    { type: 'button', class: 'suggestion', onclick: () => prefill(words) },
    h('span', { class: 'suggestion-title' }, title),
    h('span', { class: 'suggestion-words' }, `“${words}”`),
  );
}

export function hideEmpty() {
  document.getElementById('empty')?.remove();
}
