/** Lines below somebody's message about the links in it. Nobody asked for them, so where they cannot stand, nothing is said. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod/v4';
import { cutPlain, mrkdwn } from '../../cards/block-kit/slack-text.ts';
import type { LinkNote, SharedLinks } from './deps.ts';
import { Refused } from './errors.ts';
import type { OutDeps } from './parts.ts';

type UnfurlDeps = Pick<OutDeps, 'api' | 'log' | 'rooms'>;

export async function unfurl(deps: UnfurlDeps, { channel, notes, ts }: SharedLinks): Promise<void> {
  try {
    if (notes.size === 0 || (await deps.rooms.hasOutsiders(channel))) {
      return;
    }
    const unfurls = Object.fromEntries([...notes].map(([url, told]) => [url, { blocks: blocksOf(told) }]));
    await askOnceMore(deps, { channel, ts, unfurls });
  } catch (error) {
    deps.log('Showing what a link stands for', { channel, reason: String(error) });
  }
}

const Done = z.object({});

/** Slack may still wait for our answer to its event; until it has that, it takes nothing for the link. */
const answerMs = 1_000;

async function askOnceMore({ api }: UnfurlDeps, args: object): Promise<void> {
  try {
    await api.ask('chat.unfurl', { ...args }, Done);
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'cannot_unfurl_url')) {
      throw error;
    }
    await wait(answerMs);
    await api.ask('chat.unfurl', { ...args }, Done);
  }
}

/** The desk's words are somebody's words, so nothing in them is read as markup. */
const mostLetters = 250;

function blocksOf({ at, headline, lines }: LinkNote): object[] {
  const elements = [
    ...lines.filter((line) => line !== '').map((line) => cutPlain(line, mostLetters).text),
    ...(at === null ? [] : [mrkdwn(asOf(at))]),
  ];
  return [
    { type: 'section', text: cutPlain(headline, mostLetters).text },
    ...(elements.length === 0 ? [] : [{ type: 'context', elements }]),
  ];
}

/** Slack shows everybody their own time of day. */
function asOf(at: Temporal.Instant): string {
  const seconds = Math.floor(at.epochMilliseconds / 1000);
  return `As of <!date^${seconds}^{date_short_pretty} {time}|${at.toString({ smallestUnit: 'minute' })}>`;
}
