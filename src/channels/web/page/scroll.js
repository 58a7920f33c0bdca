// Where the view stands in a long conversation.
import { byId } from './dom.js';

/** Closer to the end than this, and the view follows what is new. In pixels. */
const nearEndPx = 160;
const marginPx = 12;

function scroller() {
  return byId('timeline');
}

export function isNearEnd() {
  const { scrollHeight, scrollTop, clientHeight } = scroller();
  return scrollHeight - scrollTop - clientHeight < nearEndPx;
}

/**
 * True in the last thread. An answer further up must not tear the view away from the end.
 * @param {HTMLElement} element
 */
export function isAtEnd(element) {
  return scroller().lastElementChild?.contains(element) === true;
}

/**
 * What is higher than the window is shown from its beginning.
 * @param {HTMLElement} element
 */
export function bringIntoView(element) {
  const view = scroller();
  const box = element.getBoundingClientRect();
  const top = box.top - view.getBoundingClientRect().top;
  const below = isAtEnd(element) ? nearEndPx : marginPx;
  if (top < 0 || box.height + below > view.clientHeight) {
    view.scrollTop += top - marginPx;
  } else if (top + box.height + below > view.clientHeight) {
    view.scrollTop += top + box.height + below - view.clientHeight;
  }
}

/** @type {HTMLElement | null} What the jump leads to. */
let target = null;

/** @param {HTMLElement} element */
function isInView(element) {
  const view = scroller().getBoundingClientRect();
  const { top } = element.getBoundingClientRect();
  return top >= view.top && top < view.bottom - 40;
}

/**
 * Says that there is something new out of sight, and goes there.
 * @param {HTMLElement} element
 * @param {string} name who it is from
 */
export function offerJump(element, name) {
  if (isInView(element)) {
    return;
  }
  const isAbove = element.getBoundingClientRect().top < scroller().getBoundingClientRect().top;
  const jump = byId('jump');
  jump.replaceChildren(`${isAbove ? '↑' : '↓'} New from ${name}`);
  jump.hidden = false;
  target = element;
}

export function hideJump() {
  byId('jump').hidden = true;
  target = null;
}

export function wireJump() {
  byId('jump').addEventListener('click', () => {
    const element = target;
    hideJump();
    if (element !== null) {
      bringIntoView(element);
      element.focus({ preventScroll: true });
    }
  });
  scroller().addEventListener('scroll', () => {
    if (target !== null && isInView(target)) {
      hideJump();
    }
  });
}
