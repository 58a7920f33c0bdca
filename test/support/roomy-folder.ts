/** Where tests put their databases and files. */
import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Memory, where a thousand files are made at once and nothing waits for a disk; a container may have too little of it. */
export function roomyFolder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 512 * 1024 * 1024 ? memory : tmpdir();
}
