/**
 * The JSON schema that ships with the settings. After a change of the zod schema write it anew:
 * `node test/config/settings-json-schema.ts && npm run format`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod/v4';
import { settingsSchema } from '../../src/config/settings.ts';

export const shippedSchema = fileURLToPath(new URL('../../manifest/settings.schema.json', import.meta.url));

export function settingsJsonSchema(): unknown {
  return z.toJSONSchema(settingsSchema, { io: 'input' });
}

if (import.meta.main) {
  writeFileSync(shippedSchema, `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
}
