/** Image, ImageSet and Media. */
import { isObject, type JsonObject } from '../adaptive-card.ts';
import type { Item } from './item.ts';
import { limits } from './limits.ts';
import { isReachableFromOutside, webAddress } from './link.ts';
import { below } from './loss.ts';
import { readSelectAction } from './read-actions.ts';
import { isShown, listIn, lose, noteItem, type Reading, sourceOf, titleIn, wordsIn } from './reading.ts';
import { cutPlain } from './slack-text.ts';

export function readImage(node: JsonObject, path: string, reading: Reading): Item[] {
  const written = titleIn(node, 'altText');
  const alt = cutPlain(written || 'Picture', limits.altText);
  if (alt.isCut) {
    lose(reading, below(path, 'altText'), node, `Slack takes at most ${limits.altText} characters; cut`);
  }
  const address = webAddress(wordsIn(node, 'url'));
  if (address === null || !isReachableFromOutside(address)) {
    const reason = 'Slack loads pictures from public http and https addresses only; its description is shown';
    lose(reading, path, node, reason);
    return written === '' ? [] : [noteItem(node, path, `Picture: ${written}`)];
  }
  return [{ kind: 'picture', address, alt: alt.text.text, source: sourceOf(node, path) }];
}

export function readImageSet(node: JsonObject, path: string, reading: Reading): Item[] {
  return listIn(node, 'images').flatMap((image, index) => {
    const at = below(path, 'images', index);
    if (!isObject(image)) {
      lose(reading, at, image, 'it is no picture');
      return [];
    }
    const whole: JsonObject = Object.assign({ type: 'Image' }, image);
    return isShown(whole, at, reading)
      ? readImage(whole, at, reading).concat(readSelectAction(whole, at, reading))
      : [];
  });
}

/** Slack plays no films in a card: the sources become links. */
export function readMedia(node: JsonObject, path: string, reading: Reading): Item[] {
  lose(reading, path, node, 'Slack plays no media in a message; shown as links');
  const name = titleIn(node, 'altText') || 'Media';
  return listIn(node, 'sources').flatMap((source, index): Item[] => {
    const at = below(path, 'sources', index);
    const address = isObject(source) ? webAddress(wordsIn(source, 'url'), limits.textLinkUrl) : null;
    if (address === null) {
      lose(reading, at, node, 'only http and https addresses become links');
      return [];
    }
    const line = [{ text: `${name}: ` }, { text: URL.parse(address)?.host ?? address, url: address }];
    const parts = [{ lines: [line], isSmall: false, sources: [sourceOf(node, path)] }];
    return [{ kind: 'text', look: 'plain', parts, joins: false }];
  });
}
