/**
 * Words that are too long for a message: their beginning stands as a block of code, cut at the end of a line, with a
 * button that sends all of them as a file, privately.
 */
import { deriveToken, readToken } from '../../cards/token.ts';
import { firstPart } from '../../flows/first-part.ts';
import type { PersonId } from '../../flows/people.ts';
import type { Outgoing } from '../channel.ts';
import type { TeamsDeps } from './deps.ts';
import { escapeCode, escapeMarkdown } from './escape.ts';
import { activityOf, cardType, type Mentioned } from './message.ts';
import { everybody } from './views.ts';

/** UTF-16 units; longer words are a document. */
const maxWords = 8_000;
/** UTF-8 bytes of the block. */
const maxBlockBytes = 20_000;

export const fileVerb = 'send-file';
const filePrefix = 'file:';

/** Null when the words fit into a message as they are. A document never does: its lines and spaces have to stay. */
export function longMessage(
  deps: Pick<TeamsDeps, 'tokenKey'>,
  message: Pick<Outgoing, 'content' | 'key'>,
  mentioned: readonly Mentioned[],
): object | null {
  const { document, speaker, text } = message.content;
  if (text.length <= maxWords && document === undefined) {
    return null;
  }
  const { head, linesLeft } = cutAtLine(escapeCode(text), maxBlockBytes);
  const more = linesLeft === 0 ? '' : `\n\n… ${linesLeft} more ${linesLeft === 1 ? 'line' : 'lines'}, in the file.`;
  const said = document?.title ?? speaker;
  // A name stands above the block, where Markdown is read.
  const intro = said === null ? '' : `${escapeMarkdown(said)}:\n\n`;
  const calls = activityOf({ speaker: null, text: '' }, null, mentioned) as { text?: string; entities?: object[] };
  return {
    type: 'message',
    summary: firstPart(document?.title ?? text, 100),
    text: `${calls.text ?? ''}${intro}\n\`\`\`\n${head}\n\`\`\`${more}`.trimStart(),
    textFormat: 'markdown',
    ...(calls.entities === undefined ? {} : { entities: calls.entities }),
    attachments: [{ contentType: cardType, content: fileButton(fileToken(deps, message.key, everybody)) }],
  };
}

/** At most `maxBytes` in UTF-8, whole lines where there is more than one. */
export function cutAtLine(text: string, maxBytes: number): { head: string; linesLeft: number } {
  if (Buffer.byteLength(text) <= maxBytes) {
    return { head: text, linesLeft: 0 };
  }
  const part = new TextDecoder().decode(Buffer.from(text).subarray(0, maxBytes)).replace(/\uFFFD+$/, '');
  const end = part.lastIndexOf('\n');
  const head = end > 0 ? part.slice(0, end) : part;
  return {
    head,
    linesLeft: text
      .slice(head.length)
      .split('\n')
      .filter((line) => line !== '').length,
  };
}

/** Opens the file of one message, for one person or, on a button that all see, for whoever presses it. */
export function fileToken(deps: Pick<TeamsDeps, 'tokenKey'>, messageKey: string, person: PersonId): string {
  return deriveToken({ key: deps.tokenKey, tokenId: `${filePrefix}${messageKey}`, verb: fileVerb, person });
}

/** The key of the message whose words are meant; null when the token is not one of these. */
export function readFileToken(deps: Pick<TeamsDeps, 'tokenKey'>, token: string, person: PersonId): string | null {
  const read = readToken({ key: deps.tokenKey, token, verb: fileVerb, person });
  return typeof read === 'object' && read.tokenId.startsWith(filePrefix) ? read.tokenId.slice(filePrefix.length) : null;
}

function fileButton(token: string): object {
  const title = 'Send me the file';
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    lang: 'en',
    body: [{ type: 'TextBlock', text: 'All of it is a file. I send it to you privately.', wrap: true, isSubtle: true }],
    actions: [
      {
        type: 'Action.Execute',
        title,
        verb: fileVerb,
        data: { token },
        fallback: { type: 'Action.Submit', title, data: { verb: fileVerb, token } },
      },
    ],
  };
}
