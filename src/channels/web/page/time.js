// Instants as people read them here.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** @param {string} at */
export function clockOf(at) {
  return clock.format(new Date(at));
}

/** @param {string} at */
export function fullTimeOf(at) {
  return full.format(new Date(at));
}

/**
 * "Today", "Yesterday" or the day.
 * @param {string} at
 */
export function dayOf(at) {
  const date = new Date(at);
  if (date.toDateString() === new Date().toDateString()) {
    return 'Today';
  }
  const yesterday = new Date(Date.now() - 86_400_000);
  return date.toDateString() === yesterday.toDateString() ? 'Yesterday' : day.format(date);
}
