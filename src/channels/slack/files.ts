/**
 * Shares a text as a file in a thread: Slack names an address, the bytes go there, then it is told what they are for.
 * Source: "Working with files", uploading by files.getUploadURLExternal.
 */
import { z } from 'zod/v4';
import { isLoopback } from '../../config/address.ts';
import { cleanText } from '../../cards/text.ts';
import type { OutDeps } from './parts.ts';

const patienceMs = 30_000;

const Address = z.object({ upload_url: z.string(), file_id: z.string().min(1) });
const Done = z.object({});

export async function shareFile(
  { api, bot }: Pick<OutDeps, 'api' | 'bot'>,
  { name, text }: { name: string; text: string },
  { channel, thread }: { channel: string; thread: string },
): Promise<void> {
  const bytes = new TextEncoder().encode(`${cleanText(text)}\n`);
  const address = await api.ask('files.getUploadURLExternal', { filename: name, length: bytes.byteLength }, Address);
  await upload(address.upload_url, bytes, bot.apiUrl !== null);
  const files = [{ id: address.file_id, title: name }];
  await api.ask('files.completeUploadExternal', { files, channel_id: channel, thread_ts: thread }, Done);
}

/** The bot's token does not go along: the address alone is the right to write there. */
async function upload(address: string, bytes: Uint8Array<ArrayBuffer>, isStandIn: boolean): Promise<void> {
  const url = URL.parse(address);
  if (url === null || !mayUploadTo(url, isStandIn)) {
    throw new Error(
      `Sending a file to ${url?.host ?? 'an unreadable address'}: this is none of Slack, so nothing was sent.`,
    );
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  }).catch((cause: unknown) => {
    throw new Error(`Sending a file to ${url.host}: no answer. It is tried again.`, { cause });
  });
  await response.body?.cancel();
  if (!response.ok) {
    throw new Error(`Sending a file to ${url.host}: it failed (status ${response.status}). It is tried again.`);
  }
}

function mayUploadTo(url: URL, isStandIn: boolean): boolean {
  const isSlack = url.protocol === 'https:' && /(?:^|\.)slack(?:-gov)?\.com$/.test(url.hostname);
  return isSlack || (isStandIn && isLoopback(url.hostname));
}
