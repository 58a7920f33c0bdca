/**
 * Words that are too long for a message: it shows how they begin, and below it in the thread stands all of them, as a
 * file, or as several messages where the app may not send files.
 */
import { createHash } from 'node:crypto';
import type { MessageContent } from '../../flows/effect.ts';
import { firstPart } from '../../flows/first-part.ts';
import { type Outgoing, Throttled } from '../channel.ts';
import { MissingScope, Refused } from './errors.ts';
import { shareFile } from './files.ts';
import type { Spot } from './memory.ts';
import type { OutDeps } from './parts.ts';
import { post } from './put.ts';
import { type Look, type Rendered, renderWords } from './render.ts';

/** UTF-16 units; longer words are a document. */
const maxWords = 8_000;
const maxHead = 2_000;
const maxPart = 6_000;
const maxParts = 20;
/** For how long a missing right is not asked for again. */
const lackHours = 1;
const maxWaitMs = 5_000;

export function isLong(content: MessageContent): boolean {
  return (
    content.card === null &&
    (content.document !== undefined ||
      content.text.length > maxWords ||
      renderWords(content, { mentioned: [], revision: 1, olderBlocks: false }).isCut)
  );
}

/** How it begins, and where the rest is. */
export function renderHead(
  { document, speaker, text }: Pick<MessageContent, 'document' | 'speaker' | 'text'>,
  look: Look,
): Rendered {
  if (document !== undefined) {
    const words = `${document.title}: ${text.split('\n').length} lines, in the thread below.`;
    return renderWords({ speaker, text: words }, look);
  }
  const { head, rest } = cutAtLine(text, maxHead);
  const lines = rest.split('\n').filter((line) => line.trim() !== '').length;
  const more = `… ${lines} more ${lines === 1 ? 'line' : 'lines'}. All of it is in the thread below.`;
  return renderWords({ speaker, text: `${head}\n\n${more}` }, look);
}

/** At most `maxLength`, whole lines where there is more than one. */
function cutAtLine(text: string, maxLength: number): { head: string; rest: string } {
  if (text.length <= maxLength) {
    return { head: text, rest: '' };
  }
  const part = firstPart(text, maxLength);
  const end = part.lastIndexOf('\n');
  const head = end > 0 ? part.slice(0, end) : part;
  return { head, rest: text.slice(head.length) };
}

/** Where the message stands that an earlier try posted, whose rest did not follow; null when there is none. */
export async function headOf({ memory }: OutDeps, { content, key }: Outgoing, channel: string): Promise<string | null> {
  return isLong(content) ? ((await memory.progress(key, channel))?.ts ?? null) : null;
}

/** What follows the message; it goes on where an earlier try stopped. */
export async function sendRest(deps: OutDeps, message: Outgoing, { channel, ts }: Spot, thread: string): Promise<void> {
  const { content, key, revision } = message;
  const parts = partsOf(content.text);
  const digest = createHash('sha256').update(content.text).digest('base64url').slice(0, 22);
  const known = await deps.memory.progress(key, channel);
  const done = known?.digest === digest ? known.parts : 0;
  if (done >= parts.length) {
    return;
  }
  // First of all: the outbox takes whoever is asked to wait for one whose message was not sent.
  await deps.memory.rememberProgress(key, channel, { ts, digest, parts: done });
  if (done === 0 && (await isSharedAsFile(deps, message, { channel, thread }))) {
    await deps.memory.rememberProgress(key, channel, { ts, digest, parts: parts.length });
    return;
  }
  for (const [index, text] of parts.entries()) {
    if (index >= done) {
      const look = { mentioned: [], revision, olderBlocks: true };
      await patiently(() =>
        post(deps, { channel, thread }, { key: `${key}#${index}`, revision }, () =>
          renderWords({ speaker: null, text }, look),
        ),
      );
      await deps.memory.rememberProgress(key, channel, { ts, digest, parts: index + 1 });
    }
  }
}

/** A channel takes about one message a second; the outbox would take up all of them anew. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Throttled) || error.retryAfterMs > maxWaitMs) {
      throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, error.retryAfterMs);
    });
    await work();
  }
}

async function isSharedAsFile(
  deps: OutDeps,
  { content, key }: Pick<Outgoing, 'content' | 'key'>,
  where: { channel: string; thread: string },
): Promise<boolean> {
  if (await deps.memory.lacks('files', lackHours)) {
    return false;
  }
  try {
    await shareFile(deps, { name: content.document?.name ?? nameOf(key), text: content.text }, where);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    if (error instanceof MissingScope) {
      await deps.memory.rememberLack('files');
    }
    deps.log('Sending a file to Slack; it goes out as messages instead', { reason: error.message });
    return false;
  }
}

function nameOf(key: string): string {
  return `causeway-${key.replaceAll(/[^\w-]+/g, '-').slice(-60)}.txt`;
}

/** Each is small enough for a message, also when many of its characters have to be escaped. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.trim() !== '' && parts.length < maxParts) {
    const cut = fittingPart(rest);
    parts.push(cut.head);
    ({ rest } = cut);
  }
  return rest.trim() === ''
    ? parts
    : [...parts.slice(0, -1), `${firstPart(parts.at(-1) ?? '', maxHead)}\n… The rest is left out.`];
}

function fittingPart(text: string): { head: string; rest: string } {
  const look = { mentioned: [], revision: 1, olderBlocks: true };
  let size = maxPart;
  let cut = cutAtLine(text, size);
  while (size > 100 && renderWords({ speaker: null, text: cut.head }, look).isCut) {
    size = Math.floor(size / 2);
    cut = cutAtLine(text, size);
  }
  return cut;
}
