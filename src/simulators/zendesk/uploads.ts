/** Files: uploaded first, named by a token in the comment that they belong to, and read at an address of their own. */
import { randomBytes } from 'node:crypto';
import type { SimRequest, SimResponse } from '../server.ts';
import { type Account, nextId } from './account.ts';
import { created, type Handled, noContent, notFound, ok, recordInvalid, Refused } from './answers.ts';
import { baseUrl } from './paging.ts';
import type { Attachment } from './records.ts';

const tokenMinutes = 60;

/** With `token` of an earlier upload, the file joins it. */
export function postUpload(account: Account, request: SimRequest): Handled {
  const fileName = request.query.get('filename') ?? '';
  if (fileName.trim() === '') {
    throw recordInvalid('filename', 'cannot be blank', 'BlankValue');
  }
  if (request.body.length === 0) {
    throw unprocessable('AttachmentUnprocessable', 422, 'Attachment could not be processed.');
  }
  if (request.body.length > account.settings.uploadLimitBytes) {
    throw unprocessable('AttachmentTooLarge', 413, `A file has at most ${account.settings.uploadLimitBytes} bytes.`);
  }
  const asked = request.query.get('token');
  const known = asked === null ? undefined : account.files.waiting.get(asked);
  if (asked !== null && (known === undefined || isOver(account, known.until))) {
    throw recordInvalid('token', 'is invalid');
  }
  const token = asked ?? randomBytes(16).toString('hex');
  const attachment = keep(account, request, fileName);
  const attachments = [...(known?.attachments ?? []), attachment];
  account.files.waiting.set(token, { attachments, until: account.now().add({ minutes: tokenMinutes }) });
  const shown = attachments.map((file) => showAttachment(request, file));
  return created({ upload: { token, attachment: shown.at(-1), attachments: shown } });
}

function keep(account: Account, request: SimRequest, fileName: string): Attachment {
  const path = `/attachments/token/${randomBytes(16).toString('hex')}`;
  account.files.contents.set(path, request.body);
  return {
    id: nextId(account),
    file_name: fileName,
    content_type: request.headers['content-type'] ?? 'application/octet-stream',
    size: request.body.length,
    inline: false,
    deleted: false,
    malware_scan_result: 'malware_not_found',
    content_path: path,
  };
}

export function deleteUpload(account: Account, token: string): Handled {
  if (!account.files.waiting.delete(token)) {
    throw notFound();
  }
  return noContent();
}

/**
 * The files of the tokens, each of which is good once. A token that is unknown, used or over brings nothing, without a
 * word about it.
 */
export function takeUploads(account: Account, tokens: readonly string[]): Attachment[] {
  return tokens.flatMap((token) => {
    const waiting = account.files.waiting.get(token);
    account.files.waiting.delete(token);
    return waiting === undefined || isOver(account, waiting.until) ? [] : waiting.attachments;
  });
}

export function getAttachment(account: Account, request: SimRequest, id: number): Handled {
  const files = account.tickets.flatMap((ticket) => ticket.comments.flatMap((comment) => comment.attachments));
  const file = files.find((entry) => entry.id === id);
  if (file === undefined) {
    throw notFound();
  }
  return ok({ attachment: showAttachment(request, file) });
}

/** Whoever has the address may read the file. */
export function serveContent(account: Account, request: SimRequest): SimResponse {
  const bytes = account.files.contents.get(request.path);
  return bytes === undefined
    ? { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } }
    : { status: 200, headers: { 'Content-Type': 'application/octet-stream' }, body: bytes };
}

export function showAttachment(request: SimRequest, file: Attachment): object {
  const { content_path: path, ...shown } = file;
  const address = `${baseUrl(request)}${path}?name=${encodeURIComponent(file.file_name)}`;
  return {
    url: `${baseUrl(request)}/api/v2/attachments/${file.id}.json`,
    ...shown,
    content_url: address,
    mapped_content_url: address,
    width: null,
    height: null,
    thumbnails: [],
  };
}

function isOver(account: Account, until: Temporal.Instant): boolean {
  return Temporal.Instant.compare(account.now(), until) >= 0;
}

function unprocessable(error: string, status: number, description: string): Refused {
  return new Refused({ status, body: { error, description } });
}
