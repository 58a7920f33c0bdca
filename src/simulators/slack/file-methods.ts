/** Files: a place to put one, the bytes, and where it is shown. */
import type { SimRequest, SimResponse } from '../server.ts';
import { type Account, epochSeconds, newId } from './account.ts';
import { refusal } from './answers.ts';
import { isJson } from './blocks/check.ts';
import { readContent } from './content.ts';
import { post } from './messages.ts';
import { type Method, reading, writing } from './method.ts';
import type { Json, StoredFile } from './records.ts';
import { required, structured, text } from './request-args.ts';
import { roomToWrite } from './rooms.ts';

const uploadPath = '/upload/v1/';
const filePath = '/files-pri/';
const captionLimit = 40_000;

export const fileMethods = {
  'files.getUploadURLExternal': reading(['files:write'], 'tier4', offerUpload),
  'files.completeUploadExternal': writing('files:write', 'tier4', completeUpload),
} as const satisfies Record<string, Method>;

function offerUpload(account: Account, args: Json): Json {
  const name = required(args, 'filename');
  const length = Number(required(args, 'length'));
  if (!Number.isInteger(length) || length <= 0) {
    throw refusal('invalid_arguments');
  }
  const id = newId('F');
  account.uploads.set(id, { name, length, bytes: null });
  return { upload_url: `${account.origin()}${uploadPath}${id}`, file_id: id };
}

/** Undefined when the request goes elsewhere. */
export async function answerUpload(account: Account, request: SimRequest): Promise<SimResponse | undefined> {
  if (!request.path.startsWith(uploadPath)) {
    return undefined;
  }
  const upload = account.uploads.get(request.path.slice(uploadPath.length));
  if (request.method !== 'POST' || upload === undefined) {
    return { status: 404, body: 'not found' };
  }
  const bytes = await fileBytes(request);
  if (bytes.length !== upload.length) {
    return { status: 400, body: `expected ${upload.length} bytes, got ${bytes.length}` };
  }
  upload.bytes = bytes;
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: `OK - ${bytes.length}` };
}

/** The bytes come as they are, or as the first file of a form. */
async function fileBytes(request: SimRequest): Promise<Buffer> {
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data')) {
    return request.body;
  }
  const form = await new Response(new Uint8Array(request.body), {
    headers: { 'content-type': contentType },
  }).formData();
  const [first] = [...form.values()];
  return first === undefined || typeof first === 'string'
    ? Buffer.from(first ?? '')
    : Buffer.from(await first.arrayBuffer());
}

function completeUpload(account: Account, args: Json): Json {
  const entries = structured(args, 'files', 'invalid_arguments');
  if (!Array.isArray(entries) || entries.length === 0 || !entries.every(isJson)) {
    throw refusal('invalid_arguments');
  }
  const channel = text(args, 'channel_id');
  const room = channel === undefined ? null : roomToWrite(account, channel);
  const files = entries.map((entry) => takeUpload(account, String(entry['id']), text(entry, 'title')));
  account.world.files.push(...files);
  if (room !== null) {
    const caption = text(args, 'initial_comment');
    const content = readContent(account, { ...args, text: caption }, captionLimit);
    post(account, room, content, {
      thread: text(args, 'thread_ts'),
      more: { files: files.map(shownFile), upload: true },
    });
  }
  return { files: files.map(({ id, name, title }) => ({ id, title: title ?? name })) };
}

function takeUpload(account: Account, id: string, title: string | undefined): StoredFile {
  const upload = account.uploads.get(id);
  if (upload?.bytes === undefined || upload.bytes === null) {
    throw refusal('file_not_found');
  }
  account.uploads.delete(id);
  return storedFile(account, {
    id,
    name: upload.name,
    title,
    bytes: upload.bytes,
    mimetype: 'application/octet-stream',
    user: account.botUserId,
  });
}

export function storedFile(
  account: Account,
  file: { id: string; name: string; title?: string | undefined; bytes: Buffer; mimetype: string; user: string },
): StoredFile {
  const { id, name, bytes, mimetype, user } = file;
  const url = `${account.origin()}${filePath}${id}/${encodeURIComponent(name)}`;
  return {
    id,
    name,
    title: file.title ?? name,
    mimetype,
    filetype: name.split('.').at(-1) ?? 'binary',
    size: bytes.length,
    user,
    mode: 'hosted',
    created: epochSeconds(account.wall()),
    is_external: false,
    url_private: url,
    url_private_download: url,
    text: bytes.toString('utf8'),
  };
}

/** The file as messages carry it. */
export function shownFile({ text: _text, ...file }: StoredFile): Json {
  return file;
}

/** Undefined when the request goes elsewhere. Without the right to read, Slack shows its sign-in page, with 200. */
export function answerFile(account: Account, request: SimRequest): SimResponse | undefined {
  if (!request.path.startsWith(filePath)) {
    return undefined;
  }
  const id = request.path.slice(filePath.length).split('/')[0];
  const mayRead =
    request.headers['authorization'] === `Bearer ${account.botToken}` && account.settings.scopes.includes('files:read');
  const file = account.world.files.find((entry) => entry.id === id);
  if (!mayRead) {
    return {
      status: 200,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
      body: '<!DOCTYPE html><title>Sign in to Slack</title>',
    };
  }
  return file === undefined
    ? { status: 404, body: 'not found' }
    : { status: 200, headers: { 'Content-Type': file.mimetype }, body: file.text };
}
