// Builds elements without ever reading text as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | ((event: Event) => void)>} attributes `on…` listens; a boolean sets or leaves out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/**
 * The element of the page with this id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) {
    throw new Error(`Looking for #${id}: index.html has none. Reload the page.`);
  }
  return element;
}

/**
 * Text with its addresses as links. A link shows exactly where it leads.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function withLinks(text) {
  return text.split(/(https:\/\/[^\s<>"'”»)]+)/).map((part, index) => (index % 2 === 1 ? link(part) : part));
}

/** @param {string} address */
function link(address) {
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address);
}
