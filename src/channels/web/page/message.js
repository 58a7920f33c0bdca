// One message: who, when, what, and its card.
import { post, reasonOf } from './api.js';
import { createCardView, showCard } from './card.js';
import { readDocument, showDocument } from './document.js';
import { h, withLinks } from './dom.js';
import { avatar } from './people.js';
import { clockOf, fullTimeOf } from './time.js';

/**
 * @typedef {object} Message
 * @property {string} id
 * @property {number} seq
 * @property {number} revision
 * @property {string} conversation
 * @property {string | null} thread
 * @property {string} from
 * @property {string | null} speaker
 * @property {string} text
 * @property {Record<string, unknown> | null} card
 * @property {string[]} mention
 * @property {boolean} onlyForYou
 * @property {string} at
 */
/** @typedef {{ me: string, nameOf: (id: string) => string }} Room */

/**
 * @typedef {object} MessageView
 * @property {Message} message
 * @property {Room} room
 * @property {HTMLElement} element
 * @property {HTMLElement} words
 * @property {import('./card.js').CardView} card
 */

/**
 * @param {Message} message
 * @param {Room} room
 * @returns {MessageView}
 */
export function createMessage(message, room) {
  const { name, note } = speakerOf(message, room);
  const words = h('div', { class: 'words' });
  const head = h(
    'header',
    { class: 'message-head' },
    h('span', { class: 'author' }, name),
    ...noteOf(note),
    h('time', { datetime: message.at, title: fullTimeOf(message.at) }, clockOf(message.at)),
    ...noteOf(message.onlyForYou ? 'Only you can see this' : ''),
  );
  const body = h('div', { class: 'message-body' }, head, words);
  const element = h(
    'article',
    { 'data-id': message.id, tabindex: '-1' },
    avatar(message.speaker ?? message.from, name),
    body,
  );
  const card = createCardView((press) => sendPress(view, press));
  const view = { message, room, element, words, card };
  showMessage(view, message);
  return view;
}

/** @param {string} note */
function noteOf(note) {
  return note === '' ? [] : [h('span', { class: 'note' }, note)];
}

/**
 * @param {Message} message
 * @param {Room} room
 */
function speakerOf(message, room) {
  if (message.from !== 'causeway') {
    return { name: room.nameOf(message.from), note: message.from === room.me ? 'you' : '' };
  }
  return message.speaker === null
    ? { name: 'Causeway', note: '' }
    : { name: message.speaker, note: 'through Causeway' };
}

/**
 * The newest revision of the message.
 * @param {MessageView} view
 * @param {Message} message
 */
export function showMessage(view, message) {
  const { element, words, card, room } = view;
  view.message = message;
  element.className = `message${message.mention.includes(room.me) ? ' for-me' : ''}${message.onlyForYou ? ' private' : ''}`;
  const document = message.from === 'causeway' ? readDocument(message.text) : null;
  const text = h('span', {}, ...withLinks(document?.title ?? message.text));
  words.replaceChildren(...mentionsOf(message, room), text, ...(document === null ? [] : [showDocument(document)]));
  // A card says it all; its text is then for those who hear the page.
  text.classList.toggle('sr-only', message.card !== null);
  words.classList.toggle('sr-only', message.card !== null && message.mention.length === 0);
  if (message.card === null) {
    card.element.remove();
    return;
  }
  showCard(card, message.card);
  if (card.element.parentElement === null) {
    words.after(card.element);
  }
}

/**
 * @param {Message} message
 * @param {Room} room
 */
function mentionsOf(message, room) {
  return message.mention.flatMap((id) => {
    const kind = id === room.me ? 'mention is-me' : 'mention';
    return [h('span', { class: kind }, `@${room.nameOf(id)}`), ' '];
  });
}

/**
 * @param {MessageView} view
 * @param {import('./card.js').Press} press
 * @returns {Promise<import('./card.js').Outcome>}
 */
async function sendPress({ message, room }, press) {
  try {
    return await post('/chat/actions', {
      as: room.me,
      conversation: message.conversation,
      message: message.id,
      ...press,
    });
  } catch (error) {
    return { outcome: 'refused', because: reasonOf(error) };
  }
}
