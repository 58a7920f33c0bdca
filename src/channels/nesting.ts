/**
 * Tells how deep JSON text is nested, without parsing it: a deep text costs a parser (and everything that walks the
 * result) far more than it cost to send.
 */
export function nestsDeeper(json: string, levels: number): boolean {
  let depth = 0;
  let insideText = false;
  for (let index = 0; index < json.length; index += 1) {
    const char = json[index];
    if (insideText) {
      if (char === '\\') {
        index += 1;
      } else if (char === '"') {
        insideText = false;
      }
    } else if (char === '"') {
      insideText = true;
    } else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > levels) {
        return true;
      }
    } else if (char === '}' || char === ']') {
      depth -= 1;
    }
  }
  return false;
}
