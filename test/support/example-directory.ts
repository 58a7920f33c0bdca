/** People, environments and channels of the example settings, as the flows see them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../../src/config/settings-read.ts';
import type { Directory } from '../../src/flows/flow.ts';
import { directoryOf } from '../../src/process/directory.ts';

const example = fileURLToPath(new URL('../../manifest/settings.example.json', import.meta.url));

export function exampleDirectory(): Directory {
  const reading = readSettings(example, (path) => readFileSync(path, 'utf8'));
  if (!reading.ok) {
    throw new Error(`Reading ${example}: ${JSON.stringify(reading.problems)}. Mend the example.`);
  }
  return directoryOf(reading.settings);
}
