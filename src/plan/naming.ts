/** Names and tags of what the bot makes, as the settings want them. */
import type { Naming } from './plan.ts';

export const ownNaming: Naming = { pattern: 'causeway-{name}', tags: {} };

/** Marks what the bot made, so that a later plan knows its own zones from those of others. */
export const createdByTag = { 'created-by': 'causeway' } as const;

/** Longest names that Azure takes. */
export const longestName = { peering: 80, linkService: 80, endpoint: 64, link: 80, rule: 80 } as const;

/** The pattern around `what`, cut to Azure's length; it begins and ends with a letter or a digit, as Azure wants it. */
export function nameBy(naming: Naming, what: string, longest: number): string {
  const room = longest - naming.pattern.length + '{name}'.length;
  const middle = what.replaceAll(/[^\w.-]+/g, '-').slice(0, Math.max(room, 1));
  return naming.pattern.replace('{name}', () => middle).replaceAll(/^[^a-z0-9]+|[^\w]+$/gi, '');
}

/** For kinds that carry no tags. A pattern that adds nothing to the name tells nothing. */
export function isNamedBy({ pattern }: Naming, name: string): boolean {
  const [before = '', after = ''] = pattern.toLowerCase().split('{name}');
  const rest = name.toLowerCase().replace(/-\d+$/, '');
  return before + after !== '' && rest.startsWith(before) && rest.endsWith(after);
}

/** Everything new that can carry tags gets these; the bot's own win over those of the settings. */
export function tagsBy(naming: Naming, tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...naming.tags, ...createdByTag, ...tags };
}

/** The name itself, or the name with the first number that is free: stable as long as the world is. */
export function freeName(name: string, taken: ReadonlySet<string>, longest: number): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const candidate = `${name.slice(0, longest - ending.length)}${ending}`;
    if (!taken.has(candidate.toLowerCase())) {
      return candidate;
    }
  }
}
