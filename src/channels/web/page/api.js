// Calls the chat API (CONTRACTS.md section 6).

/**
 * The server refused; the message is meant for the person.
 */
export class Refused extends Error {}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export function get(path) {
  return call(path, {});
}

/**
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<any>}
 */
export function post(path, body) {
  return call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

const maxFileBytes = 20 * 1024 * 1024;

/**
 * @param {File} file
 * @returns {Promise<string>} the id under which a message may name it
 */
export async function postFile(file) {
  if (file.size > maxFileBytes) {
    throw new Refused(`${file.name} is larger than 20 MB. Attach it in the ticket at the desk, or share a link.`);
  }
  const { file: id } = await call(`/chat/files?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file });
  return id;
}

/**
 * @param {string} path
 * @param {RequestInit} init
 */
async function call(path, init) {
  const response = await fetch(path, init).catch(() => {
    throw new Refused('I cannot reach Causeway. Is it still running? What you wrote is still here; try again.');
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(body.because ?? 'Something went wrong. Try again in a moment.');
  }
  return body;
}

/**
 * @param {unknown} error
 * @returns {string} what to tell the person
 */
export function reasonOf(error) {
  return error instanceof Refused ? error.message : 'Something went wrong on this page. Reload it, then try again.';
}
