/** Which of many names answers for one that was asked. */

/**
 * The exact name, else the nearest wildcard; a wildcard stops at a name that exists on the way (RFC 4592).
 * `name` is in lower case.
 */
export function matchName(sets: Readonly<Record<string, string[]>>, name: string): string[] | undefined {
  const names = Object.fromEntries(Object.entries(sets).map(([key, values]) => [key.toLowerCase(), values]));
  if (names[name] !== undefined || exists(names, name)) {
    return names[name];
  }
  const labels = name.split('.');
  for (let index = 1; index < labels.length; index += 1) {
    const encloser = labels.slice(index).join('.');
    const wildcard = names[`*.${encloser}`];
    if (wildcard !== undefined || exists(names, encloser)) {
      return wildcard;
    }
  }
  return undefined;
}

function exists(names: Readonly<Record<string, string[]>>, wanted: string): boolean {
  return Object.keys(names).some((key) => key === wanted || key.endsWith(`.${wanted}`));
}
