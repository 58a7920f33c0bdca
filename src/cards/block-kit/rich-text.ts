/** `rich_text` holds words and looks apart, so it shows any text as it is. */
import type { RichElement, RichStyle, RichText } from './block.ts';
import type { Line, Run } from './run.ts';
import { breakNotation } from './slack-text.ts';

export function richText(lines: readonly Line[], form: 'section' | 'preformatted' = 'section'): RichText {
  const elements = lines.flatMap((line, index) => [
    ...(index === 0 ? [] : [{ type: 'text', text: '\n' } as const]),
    ...line.map((run) =>
      form === 'section' ? elementOf(run) : ({ type: 'text', text: breakNotation(run.text) } as const),
    ),
  ]);
  return { type: 'rich_text', elements: [{ type: `rich_text_${form}`, elements: joined(elements) }] };
}

function elementOf(run: Run): RichElement {
  const style = styleOf(run);
  const text = breakNotation(run.text);
  const looks = Object.keys(style).length === 0 ? {} : { style };
  return run.url === undefined ? { type: 'text', text, ...looks } : { type: 'link', url: run.url, text, ...looks };
}

function styleOf({ bold, italic, strike, code }: Run): RichStyle {
  return {
    ...(bold === true ? { bold } : {}),
    ...(italic === true ? { italic } : {}),
    ...(strike === true ? { strike } : {}),
    ...(code === true ? { code } : {}),
  };
}

/** A line break joins the plain words beside it. */
function joined(elements: readonly RichElement[]): RichElement[] {
  const kept: RichElement[] = [];
  for (const element of elements) {
    const last = kept.at(-1);
    if (last?.type === 'text' && element.type === 'text' && last.style === undefined && element.style === undefined) {
      kept[kept.length - 1] = { type: 'text', text: last.text + element.text };
    } else {
      kept.push(element);
    }
  }
  return kept;
}
