/** What the app says in a message: read, judged, and named as Slack names its parts. */
import { type Account, newId } from './account.ts';
import { refusal } from './answers.ts';
import { isJson } from './blocks/check.ts';
import { asList } from './blocks/composition.ts';
import { judgeMessageBlocks } from './blocks/judge.ts';
import type { Json } from './records.ts';
import { structured, text } from './request-args.ts';

/** Members that were not sent are not there. */
export interface Content {
  text?: string;
  blocks?: Json[];
  attachments?: Json[];
  /** Null takes away what was there. */
  metadata?: Json | null;
}

const mostAttachments = 100;

/** @throws {Refused} for what Slack would not take, but not for saying nothing */
export function readContent(account: Account, args: Json, textLimit: number): Content {
  const words = text(args, 'text');
  if (words !== undefined && words.length > textLimit) {
    throw refusal('msg_too_long');
  }
  const blocks = structured(args, 'blocks', 'invalid_blocks_format');
  const attachments = readAttachments(account, structured(args, 'attachments', 'invalid_attachments'));
  const metadata = structured(args, 'metadata', 'invalid_metadata_format');
  return {
    ...(words !== undefined && { text: words }),
    ...(blocks !== undefined && { blocks: judgeMessageBlocks(blocks, account.settings.newerBlocks) }),
    ...(attachments !== undefined && { attachments }),
    ...(metadata !== undefined && { metadata: readMetadata(metadata) }),
  };
}

export function saysNothing({ text: words, blocks = [], attachments = [] }: Content): boolean {
  return words === undefined && blocks.length === 0 && attachments.length === 0;
}

function readAttachments(account: Account, given: unknown): Json[] | undefined {
  if (given === undefined) {
    return undefined;
  }
  if (!Array.isArray(given) || !given.every(isJson)) {
    throw refusal('invalid_attachments');
  }
  if (given.length > mostAttachments) {
    throw refusal('too_many_attachments');
  }
  for (const { blocks } of given) {
    if (blocks !== undefined) {
      judgeMessageBlocks(blocks, account.settings.newerBlocks);
    }
  }
  return given;
}

function readMetadata(given: unknown): Json | null {
  if (!isJson(given)) {
    throw refusal('invalid_metadata_format');
  }
  if (Object.keys(given).length === 0) {
    return null;
  }
  const { event_type: type, event_payload: payload } = given;
  if (typeof type !== 'string' || type === '' || !isJson(payload)) {
    throw refusal('invalid_metadata_format');
  }
  return { event_type: type, event_payload: payload };
}

/** Slack gives an id to every block and every element that came without one. */
export function named(blocks: readonly Json[]): Json[] {
  return blocks.map(({ block_id: id, ...block }) => ({
    ...nameElements(block),
    block_id: typeof id === 'string' && id !== '' ? id : newId('').slice(0, 5),
  }));
}

function nameElements(block: Json): Json {
  const changed = { ...block };
  for (const part of ['accessory', 'element']) {
    if (isJson(block[part])) {
      changed[part] = nameElement(block[part]);
    }
  }
  for (const part of ['elements', 'actions']) {
    if (Array.isArray(block[part])) {
      changed[part] = asList(block[part]).map((entry) => (isJson(entry) ? nameElement(entry) : entry));
    }
  }
  if (Array.isArray(block['child_blocks'])) {
    changed['child_blocks'] = named(block['child_blocks'].filter(isJson));
  }
  return changed;
}

const passive = /^(?:image|plain_text|mrkdwn|rich_text|card)/;

function nameElement(element: Json): Json {
  const { type, action_id: id } = element;
  if (type === 'card') {
    return nameElements(element);
  }
  return (typeof id === 'string' && id !== '') || passive.test(String(type))
    ? element
    : { ...element, action_id: newId('').slice(0, 5) };
}
