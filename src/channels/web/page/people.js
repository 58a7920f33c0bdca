// Who is who: names, avatars, and the switch that says who I am.
import { byId, h } from './dom.js';

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {string[]} roles
 */

const roleWords = /** @type {Record<string, string>} */ ({
  admin: 'Administrator',
  approver: 'Approver',
  support: 'Support',
  requester: 'Requester',
});

/**
 * @param {Person | undefined} person
 * @returns {string}
 */
export function rolesOf(person) {
  const words = (person?.roles ?? []).map((role) => roleWords[role.split(':')[0] ?? ''] ?? role);
  return words.length > 0 ? words.join(', ') : 'No role';
}

/**
 * Initials on a colour of their own; purely decorative, the name always stands beside it.
 * @param {string} id
 * @param {string} name
 */
export function avatar(id, name) {
  if (id === 'causeway') {
    return h('img', { class: 'avatar', src: '/page/mark.svg', alt: '' });
  }
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const initials = `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
  const tint = Array.from(id, (char) => char.codePointAt(0) ?? 0).reduce((sum, code) => sum + code, 0) % 6;
  return h('span', { class: `avatar tint-${tint}`, 'aria-hidden': 'true' }, initials);
}

/**
 * A button with a menu below it. Arrow keys move, Escape closes.
 * @param {readonly Person[]} people
 * @param {string} me
 * @param {(id: string) => void} choose
 */
export function showSwitch(people, me, choose) {
  const current = people.find((person) => person.id === me);
  const button = h(
    'button',
    { type: 'button', class: 'me-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    avatar(me, current?.name ?? me),
    h(
      'span',
      { class: 'me-words' },
      h('span', { class: 'me-name' }, current?.name ?? me),
      h('span', { class: 'me-role' }, rolesOf(current)),
    ),
    h('span', { class: 'chevron', 'aria-hidden': 'true' }, '⌄'),
    h('span', { class: 'sr-only' }, '. Switch person'),
  );
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': 'Who are you?', hidden: true });
  menu.append(...people.map((person) => menuItem(person, person.id === me, choose)));
  byId('me').replaceChildren(button, menu);
  wireMenu(button, menu);
}

/**
 * @param {Person} person
 * @param {boolean} isMe
 * @param {(id: string) => void} choose
 */
function menuItem(person, isMe, choose) {
  return h(
    'button',
    {
      type: 'button',
      class: 'menu-item',
      role: 'menuitemradio',
      'aria-checked': String(isMe),
      tabindex: '-1',
      onclick: () => choose(person.id),
    },
    avatar(person.id, person.name),
    h(
      'span',
      { class: 'me-words' },
      h('span', { class: 'me-name' }, person.name),
      h('span', { class: 'me-role' }, rolesOf(person)),
    ),
    h('span', { class: 'check', 'aria-hidden': 'true' }, isMe ? '✓' : ''),
  );
}

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} menu
 */
function wireMenu(button, menu) {
  /** @param {boolean} open */
  function toggle(open) {
    menu.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      const current = menu.querySelector('[aria-checked=true]') ?? menu.querySelector('button');
      /** @type {HTMLElement | null} */ (current)?.focus();
    }
  }
  button.addEventListener('click', () => toggle(menu.hidden === true));
  menu.addEventListener('keydown', (event) => {
    const items = [...menu.querySelectorAll('button')];
    const at = items.findIndex((item) => item === document.activeElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      items[(at + step + items.length) % items.length]?.focus();
    } else if (event.key === 'Escape') {
      toggle(false);
      button.focus();
    }
  });
  menu.addEventListener('focusout', (event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (!menu.contains(next) && next !== button) {
      toggle(false);
    }
  });
}
