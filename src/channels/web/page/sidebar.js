// The list of conversations with what is unread, and the drawer that it is on a narrow screen.
import { byId, h } from './dom.js';

/**
 * @typedef {object} Conversation
 * @property {string} id
 * @property {string} title
 * @property {'channel' | 'direct'} kind
 * @property {number} unread
 */

/**
 * @param {readonly Conversation[]} conversations
 * @param {string} open id of the one that is open
 */
export function showConversations(conversations, open) {
  const channels = conversations.filter((conversation) => conversation.kind === 'channel');
  const direct = conversations.filter((conversation) => conversation.kind !== 'channel');
  byId('conversations').replaceChildren(
    ...group('Channels', channels, open),
    ...group('Direct messages', direct, open),
  );
  const unread = conversations.reduce(
    (sum, conversation) => sum + (conversation.id === open ? 0 : conversation.unread),
    0,
  );
  document.title = unread > 0 ? `(${unread}) Causeway` : 'Causeway';
  const badge = byId('menu-badge');
  badge.hidden = unread === 0;
  badge.textContent = String(unread);
}

/**
 * @param {string} title
 * @param {readonly Conversation[]} conversations
 * @param {string} open
 */
function group(title, conversations, open) {
  return conversations.length === 0
    ? []
    : [
        h('h2', {}, title),
        h('ul', {}, ...conversations.map((conversation) => h('li', {}, row(conversation, conversation.id === open)))),
      ];
}

/**
 * @param {Conversation} conversation
 * @param {boolean} isOpen
 */
function row({ id, title, kind, unread }, isOpen) {
  const badge =
    unread > 0 && !isOpen
      ? [h('span', { class: 'badge' }, String(unread), h('span', { class: 'sr-only' }, ' unread'))]
      : [];
  const sign =
    kind === 'channel'
      ? h('span', { class: 'hash', 'aria-hidden': 'true' }, '#')
      : h('img', { src: '/page/mark.svg', alt: '', width: '18', height: '18' });
  return h(
    'a',
    {
      href: `#${id}`,
      class: `row${unread > 0 && !isOpen ? ' unread' : ''}`,
      ...(isOpen ? { 'aria-current': 'page' } : {}),
    },
    sign,
    h('span', { class: 'row-title' }, title),
    ...badge,
  );
}

export function wireDrawer() {
  const button = byId('open-sidebar');
  const shade = byId('shade');
  /** @param {boolean} open */
  function toggle(open) {
    byId('app').classList.toggle('drawer-open', open);
    shade.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  }
  button.addEventListener('click', () => {
    toggle(true);
    /** @type {HTMLElement | null} */ (byId('sidebar').querySelector('button'))?.focus();
  });
  shade.addEventListener('click', () => toggle(false));
  byId('conversations').addEventListener('click', () => toggle(false));
  byId('sidebar').addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !shade.hidden) {
      toggle(false);
      button.focus();
    }
  });
}
