import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const mebibyte = 1024 * 1024;
const script = fileURLToPath(new URL('./fixtures/flood.ts', import.meta.url));

it('keeps nothing of 2,000 strangers with long tenants and key ids', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script]);

  const result = JSON.parse(stdout) as { grownBytes: number; statuses: number[]; requests: number };
  expect(result).toMatchObject({ statuses: [401], requests: 2_000 });
  expect(result.grownBytes).toBeLessThan(6 * mebibyte);
});
