/** TextBlock, RichTextBlock and FactSet. */
import { isObject, type JsonObject } from '../adaptive-card.ts';
import { cleanText } from '../text.ts';
import type { Fact, Item } from './item.ts';
import { honestRuns, webAddress } from './link.ts';
import { limits } from './limits.ts';
import { below } from './loss.ts';
import { literalLines, withDates } from './markdown.ts';
import { readActions } from './read-actions.ts';
import {
  choiceIn,
  isClose,
  linesIn,
  listIn,
  lose,
  lostLinkReason,
  type Reading,
  sourceOf,
  titleIn,
  wordsIn,
} from './reading.ts';
import { isBlank, type Line, type Look, mergeRuns, type Run, withLook, wordsOf } from './run.ts';
import { withSignPicture } from './tone.ts';

export function readTextBlock(node: JsonObject, path: string, reading: Reading): Item[] {
  const isMono = choiceIn(node, 'fontType') === 'monospace';
  const read = isMono ? literalLines(wordsIn(node, 'text')) : linesIn(node, 'text', path, reading);
  if (isBlank(wordsOf(read))) {
    return [];
  }
  const size = choiceIn(node, 'size');
  const isHeading = choiceIn(node, 'style') === 'heading' || size === 'large' || size === 'extralarge';
  const isSmall = !isHeading && (node['isSubtle'] === true || size === 'small');
  const look: Look = {
    ...(isMono ? { code: true } : {}),
    ...(choiceIn(node, 'weight') === 'bolder' && !isHeading ? { bold: true } : {}),
  };
  const [first = [], ...more] = withLook(read, look);
  const lines = [withSignPicture(first, choiceIn(node, 'color')), ...more];
  const parts = [{ lines, isSmall: isSmall && !isMono, sources: [sourceOf(node, path)] }];
  const form = isHeading ? 'heading' : isMono && read.length > 1 ? 'code' : isSmall && !isMono ? 'small' : 'plain';
  return [{ kind: 'text', look: form, parts, joins: isClose(node) }];
}

/** Its runs hold no markup, so nothing in them is read. */
export function readRichTextBlock(node: JsonObject, path: string, reading: Reading): Item[] {
  const lines: Run[][] = [[]];
  const more: Item[] = [];
  for (const [index, inline] of listIn(node, 'inlines').entries()) {
    const at = below(path, 'inlines', index);
    const isRun = isObject(inline) && (inline['type'] === undefined || inline['type'] === 'TextRun');
    if (typeof inline !== 'string' && !isRun) {
      lose(reading, at, inline, 'Slack has nothing like it');
      continue;
    }
    const run: JsonObject = isRun ? inline : { text: inline };
    const look = lookOf(run, at, reading);
    more.push(...actionOf(run, at, reading));
    for (const [number, text] of textOfRun(run, reading).split('\n').entries()) {
      if (number > 0) {
        lines.push([]);
      }
      lines.at(-1)?.push({ ...look, text });
    }
  }
  const merged = lines.map((line) => mergeRuns(honestRuns(line.map(withoutBlankLinks))));
  if (isBlank(wordsOf(merged))) {
    return more;
  }
  const parts = [{ lines: merged, isSmall: false, sources: [sourceOf(node, path)] }];
  return [{ kind: 'text', look: 'exact', parts, joins: false }, ...more];
}

/** Spaces at the ends of a run part it from its neighbours, so they stay. */
function textOfRun(run: JsonObject, reading: Reading): string {
  const { text } = run;
  const clean = typeof text === 'string' ? cleanText(text) : wordsIn(run, 'text');
  return reading.markdown ? withDates(clean) : clean;
}

/** What nobody can see is no link. */
function withoutBlankLinks({ url, ...run }: Run): Run {
  return url === undefined || isBlank(run.text) ? run : { ...run, url };
}

function lookOf(run: JsonObject, path: string, reading: Reading): Look {
  const { selectAction } = run;
  const look: Look = {
    ...(choiceIn(run, 'weight') === 'bolder' ? { bold: true } : {}),
    ...(run['italic'] === true ? { italic: true } : {}),
    ...(run['strikethrough'] === true ? { strike: true } : {}),
    ...(choiceIn(run, 'fontType') === 'monospace' ? { code: true } : {}),
  };
  if (!isObject(selectAction) || selectAction['type'] !== 'Action.OpenUrl') {
    return look;
  }
  const target = wordsIn(selectAction, 'url');
  const url = webAddress(target, limits.textLinkUrl);
  if (url === null) {
    lose(reading, below(path, 'selectAction'), selectAction, lostLinkReason(target));
    return look;
  }
  return { ...look, url };
}

/** What a run does when it is pressed, other than opening a link. */
function actionOf(run: JsonObject, path: string, reading: Reading): Item[] {
  const { selectAction } = run;
  return isObject(selectAction) && selectAction['type'] !== 'Action.OpenUrl'
    ? readActions([{ title: titleIn(run, 'text'), ...selectAction }], () => below(path, 'selectAction'), reading, false)
    : [];
}

export function readFactSet(node: JsonObject, path: string, reading: Reading): Item[] {
  const facts = listIn(node, 'facts').flatMap((fact, index): Fact[] => {
    const at = below(path, 'facts', index);
    if (!isObject(fact)) {
      lose(reading, at, fact, 'it is no fact');
      return [];
    }
    const title = inOneLine(linesIn(fact, 'title', at, reading));
    const value = linesIn(fact, 'value', at, reading);
    return isBlank(wordsOf([title, ...value])) ? [] : [{ title, value, source: sourceOf(node, path) }];
  });
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}

function inOneLine(lines: readonly Line[]): Line {
  return mergeRuns(lines.flatMap((line, index) => (index === 0 ? line : [{ text: ' ' }, ...line])));
}
