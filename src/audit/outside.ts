/**
 * Anchors that have left the database: one line of JSON each, in a file that is only ever added to. Whoever can make the
 * whole database anew does not reach a copy of this file that is kept somewhere else.
 */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v4';
import type { ChainedAnchor } from './chain.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

/** A line has more; what is not needed to compare is for people. */
const lineSchema = z.looseObject({ seq: z.int().positive(), hash: hex, sealedBy: z.string().default('') });

export interface OutsideAnchor {
  seq: number;
  hash: string;
  /** Who seals the exports of this installation; '' in a line of a time before that. */
  sealedBy: string;
}

export interface OutsideAnchors {
  anchors: readonly OutsideAnchor[];
  /** Numbers of lines that are no anchor. */
  unreadable: readonly number[];
}

export function outsideFile(directory: string): string {
  return join(directory, 'anchors.jsonl');
}

interface LeavingAnchor extends ChainedAnchor {
  hash: string;
}

/** On the disk when it returns. `keptAt`: the anchor may be older, when nothing has happened since. */
export async function keepOutside(
  directory: string,
  anchor: LeavingAnchor,
  kept: { keptAt: string; sealedBy: string },
): Promise<void> {
  await mkdir(directory, { recursive: true });
  await appendFile(outsideFile(directory), `${JSON.stringify({ ...anchor, ...kept })}\n`, { flush: true });
}

/** Null when there is no such file. */
export async function readOutside(file: string): Promise<OutsideAnchors | null> {
  try {
    return parseOutside(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Error(`Reading the anchors in ${file}: ${String(error)}. Name another copy with --anchors FILE.`, {
      cause: error,
    });
  }
}

function parseOutside(text: string): OutsideAnchors {
  const anchors: OutsideAnchor[] = [];
  const unreadable: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const anchor = line.trim() === '' ? null : readLine(line);
    if (anchor !== null) anchors.push(anchor);
    else if (line.trim() !== '') unreadable.push(index + 1);
  }
  return { anchors, unreadable };
}

function readLine(line: string): OutsideAnchor | null {
  try {
    const { seq, hash, sealedBy } = lineSchema.parse(JSON.parse(line));
    return { seq, hash, sealedBy };
  } catch {
    return null;
  }
}
