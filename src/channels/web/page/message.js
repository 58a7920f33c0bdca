// One message: who, when, what, and its card.
import { post, reasonOf } from './api.js';
import { createCardView } from './card.js';
import { h, withLinks } from './dom.js';
import { avatar } from './people.js';
import { clockOf, fullTimeOf } from './time.js';

/** @typedef {import('./types.d.ts').Message} Message */
/** @typedef {{ me: string, nameOf: (id: string) => string }} Room */

/**
 * @param {Message} message
 * @param {Room} room
 */
export function createMessageView(message, room) {
  const element = h('article', { class: 'message', 'data-id': message.id, tabindex: '-1' });
  const words = h('div', { class: 'words' });
  const card = createCardView((press) => sendPress(current, room.me, press));
  let current = message;

  /** @param {Message} next */
  function show(next) {
    current = next;
    const isForMe = next.mention.includes(room.me);
    element.className = `message${isForMe ? ' for-me' : ''}${next.onlyForYou ? ' private' : ''}`;
    words.replaceChildren(...wordsOf(next, room));
    words.className = next.card !== null && next.mention.length === 0 ? 'words sr-only' : 'words';
    if (next.card === null) {
      card.element.remove();
    } else {
      card.show(next.card);
      words.after(card.element);
    }
  }

  const { name, note } = speakerOf(message, room);
  element.append(
    avatar(message.from, name),
    h(
      'div',
      { class: 'message-body' },
      h(
        'header',
        { class: 'message-head' },
        h('span', { class: 'author' }, name),
        ...(note === '' ? [] : [h('span', { class: 'note' }, note)]),
        h('time', { datetime: message.at, title: fullTimeOf(message.at) }, clockOf(message.at)),
        ...(message.onlyForYou ? [h('span', { class: 'note' }, 'Only you can see this')] : []),
      ),
      words,
    ),
  );
  show(message);
  return { element, show };
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
 * @param {Message} message
 * @param {Room} room
 * @returns {(Node | string)[]}
 */
function wordsOf(message, room) {
  const names = message.mention.map((id) =>
    h('span', { class: id === room.me ? 'mention me-mention' : 'mention' }, `@${room.nameOf(id)}`),
  );
  return [...names.flatMap((name) => [name, ' ']), ...withLinks(message.text)];
}

/**
 * @param {Message} message
 * @param {string} me
 * @param {import('./card.js').Press} press
 * @returns {Promise<import('./types.d.ts').Outcome>}
 */
async function sendPress(message, me, press) {
  try {
    return await post('/chat/actions', { as: me, conversation: message.conversation, message: message.id, ...press });
  } catch (error) {
    return { outcome: 'refused', because: reasonOf(error) };
  }
}
