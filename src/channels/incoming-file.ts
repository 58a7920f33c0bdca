/**
 * Files that come with a message on a chat platform. The message is taken at once; the bytes follow in the background
 * and are kept with the page's own, under an id that the message names. Whoever needs them waits for them a little.
 */
import type { SaidFile } from '../flows/event.ts';
import { putFile, readFile } from '../store/chat.ts';
import type { Store } from '../store/store.ts';

/** As on the local page. */
export const maxFileBytes = 20 * 1024 * 1024;
const patienceMs = 60_000;

export interface IncomingFile extends SaidFile {
  url: URL;
  headers: Readonly<Record<string, string>>;
}

export const leftBehindText =
  'Not every file goes along: from here I take those of at most 20 MB that were uploaded to this workspace. Attach the others at the desk, or share a link.';

/** Followed by nothing: an address that leads elsewhere is none. @throws {Error} when it could not be read */
export async function keepFile(store: Store, file: IncomingFile, at: string): Promise<void> {
  if ((await readFile(store.read, file.id)) !== null) {
    // A platform may tell of one message twice.
    return;
  }
  const doing = `Reading the file ${file.name} from ${file.url.host}`;
  const signal = AbortSignal.timeout(patienceMs);
  const response = await fetch(file.url, { headers: file.headers, redirect: 'error', signal });
  const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html') && !/\.html?$/i.test(file.name);
  if (!response.ok || isPage) {
    await response.body?.cancel();
    // A page in the place of the file asks to sign in.
    const why = isPage ? 'the app may not read files' : `status ${response.status}`;
    throw new Error(`${doing}: ${why}. Give it the right to, or attach the file at the desk.`);
  }
  const bytes = await readAtMost(response, maxFileBytes);
  if (bytes === null) {
    throw new Error(`${doing}: it is larger than 20 MB. Attach it at the desk, or share a link.`);
  }
  const { id, name } = file;
  await store.write((tx) => putFile(tx, { id, name, bytes, at }));
}

/** Null when there is more: what a platform says of the size is not relied on. */
async function readAtMost(response: Response, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) {
      return null;
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** A name as it can stand in a line, and at the desk. */
export function plainName(given: string): string {
  const name = given.split(/[/\\]/).at(-1)?.trim().slice(0, 200).replaceAll(/\p{C}/gu, '') ?? '';
  return /^\.*$/.test(name) ? 'file' : name;
}

/** What is known of them goes along with their ids. */
export function attachedFiles(attached: readonly SaidFile[]): { attached?: readonly SaidFile[] } {
  return attached.length === 0 ? {} : { attached };
}
