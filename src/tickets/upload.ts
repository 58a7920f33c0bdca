/**
 * Files on their way to the desk. They are uploaded before the text that they belong to, and the desk gives a token for
 * each: good once, and for an hour. A token that is older brings nothing, without a word about it, so that files are then
 * uploaded anew. What cannot go along is told; the text goes without it.
 */
import type { Durable } from '../engine/engine.ts';
import { redactName } from '../flows/redact.ts';
import type { Desk } from './desk.ts';
import { lineOfDesk } from './desk-text.ts';
import { insist, type Waiting } from './insist.ts';

export interface Uploads {
  tokens: string[];
  /** Files that stay behind, each with the reason. */
  leftOut: string[];
  /** ISO 8601. */
  at: string;
}

/** As many as one text takes; who has more, packs them. */
const mostFiles = 20;
const goodMinutes = 45;

/** Kept with the run: a process that dies does not upload them again. */
export async function uploadFiles(
  desk: Desk,
  durable: Durable,
  ids: readonly string[],
  waiting?: Waiting,
): Promise<Uploads> {
  return ids.length === 0
    ? { tokens: [], leftOut: [], at: desk.now().toString() }
    : insist(durable, { name: 'files', quietSeconds: 0, waiting }, () => uploadAll(desk, ids));
}

/** The same tokens as long as the desk knows them. */
export async function freshTokens(desk: Desk, ids: readonly string[], { at, tokens }: Uploads): Promise<string[]> {
  const isOld = desk.now().since(at).total('minutes') > goodMinutes;
  return tokens.length > 0 && isOld ? (await uploadAll(desk, ids)).tokens : tokens;
}

async function uploadAll(desk: Desk, ids: readonly string[]): Promise<Uploads> {
  const at = desk.now().toString();
  const tokens: string[] = [];
  const leftOut: string[] = ids.length > mostFiles ? [`Only ${mostFiles} files go along with one text.`] : [];
  for (const id of ids.slice(0, mostFiles)) {
    const uploaded = await upload(desk, id);
    if ('token' in uploaded) {
      tokens.push(uploaded.token);
    } else {
      leftOut.push(uploaded.because);
    }
  }
  return { tokens, leftOut, at };
}

async function upload(desk: Desk, id: string): Promise<{ token: string } | { because: string }> {
  const file = await desk.ownFile(id);
  if (file === null) {
    return { because: 'A file could not be read any more. Attach it again, or at the desk.' };
  }
  const name = nameForDesk(file.name);
  if (file.bytes.length === 0) {
    return { because: `${name} is empty.` };
  }
  const outcome = await desk.uploadFile({ name, type: typeOf(name), bytes: file.bytes });
  return outcome.ok ? { token: outcome.value } : { because: outcome.refusal.because };
}

function nameForDesk(name: string): string {
  return lineOfDesk(redactName(name)) || 'file';
}

const types: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  har: 'application/json',
  pdf: 'application/pdf',
  zip: 'application/zip',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

/** What the name promises; nothing is looked into. */
function typeOf(name: string): string {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(types, ending) ? types[ending] : undefined) ?? 'application/octet-stream';
}
