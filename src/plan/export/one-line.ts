/**
 * Text of people and of Azure on one line. Whatever could end a comment, move a terminal's cursor or turn the direction
 * of reading becomes a space.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Each group after an empty line. */
export function spaced(groups: readonly (readonly string[])[]): string[] {
  return groups.flatMap((group) => [''].concat(group));
}

const widest = 110;

/** Whole words, in lines of about the width of a page. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of oneLine(text).split(/ +/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= widest) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines;
}
