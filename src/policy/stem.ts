/**
 * The part of an English word that its forms share: "patches", "patched" and "patching" meet in "patch". It need not be
 * a word, and a wrong guess does no harm as long as the same form always gives the same stem.
 */

const endings: readonly (readonly [ending: RegExp, instead: string])[] = [
  [/(?:is|iz)(?:ations?|ing|e[sd]?|ers?)$/, 'iz'],
  [/(?<=[xz]|ss|[cs]h)es$/, ''],
  [/ies$|ied$/, 'y'],
  [/(?<=[^su])s$/, ''],
  [/([ai])bility$/, '$1ble'],
  [/(?<=...)(?:ivity|ity)$/, ''],
  [/(?<=ic)al(?:ly)?$/, ''],
  [/(?<=....)(?:ment|ly)$/, ''],
  [/(?<=....)(?:ance|ant|ive)$/, ''],
  [/(?<=[aeiouy].*)([bdfgmnprt])\1(?:ing|ed)$/, '$1'],
  [/(?<=[aeiouy].*.)(?:ing|ed)$/, ''],
  [/(?<=...)(?:ation|ate?)$/, ''],
  [/(?<=..[st])ion$/, ''],
  [/(?<=..)e$/, ''],
  [/(?<=..)y$/, 'i'],
];

/** Shorter words have too little to spare. */
const shortest = 4;

/** For a word in lower case. Numbers and short words stay as they are. */
export function stemOf(word: string): string {
  if (word.length < shortest || /[^a-z]/.test(word)) {
    return word;
  }
  return endings.reduce((left, [ending, instead]) => left.replace(ending, instead), word);
}
