/** Which boundaries are struck: all that leave something different behind, every single one, or a few by chance. */
import type { Kill } from './kill-once.ts';
import type { Random } from './random.ts';

/**
 * A process that is gone leaves behind what was stored and what the world was told, and nothing else. So a kill before a
 * boundary is the same as a kill after the one before it, and reading changes nothing: one kill after each commit, after
 * each request that changes something, and before each of these requests, is one kill for every state that there is.
 * Those inside waits are added, and the first of all.
 */
export function distinct(boundaries: readonly string[]): string[] {
  return boundaries.filter((name, index) => index === 0 || leavesItsOwn(name));
}

function leavesItsOwn(name: string): boolean {
  return /^after |^inside the wait|^before taking|^(?:before|on the answer to) (?:PUT|POST|DELETE|PATCH) /.test(name);
}

const kinds: readonly RegExp[] = [
  /commit/,
  /^(?:before|on the answer to) (?:PUT|POST|DELETE|PATCH) /,
  /^inside the wait/,
  /^(?:before|on the answer to) GET/,
  /taking|answering/,
];

/** As likely a request as a commit, although there are many more commits. */
export function drawOne(boundaries: readonly string[], random: Random, how: Kill['how']): Kill {
  const filled = kinds.map((kind) => boundaries.filter((name) => kind.test(name))).filter((names) => names.length > 0);
  const names = filled[random.below(filled.length)] ?? boundaries;
  return { at: names[random.below(names.length)] ?? '', how };
}

export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0] as Item);
}
