import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStoreReader } from '../../src/store/open.ts';
import { type House, openHouse } from './house.ts';

const directory = mkdtempSync(join(tmpdir(), 'causeway-settings-'));
const file = join(directory, 'settings.json');
const example = JSON.parse(
  readFileSync(new URL('../../manifest/settings.example.json', import.meta.url), 'utf8'),
) as Settings;

interface Settings {
  people: { id: string; roles: string[] }[];
}

let house: House;

beforeAll(async () => {
  writeFileSync(file, JSON.stringify(example));
  house = await openHouse({ SETTINGS_FILE: file });
});
afterAll(async () => {
  await house.close();
  rmSync(directory, { recursive: true });
});

it('puts changed settings in force without a restart, and the difference into the audit', async () => {
  await ask('outsider', /no role here yet/);

  const people = example.people.map((person) =>
    person.id === 'outsider' ? { ...person, roles: ['requester'] } : person,
  );
  writeFileSync(file, JSON.stringify({ ...example, people }));

  await expect.poll(() => rolesOf('outsider')).toEqual(['requester']);
  await ask('outsider', /networks|hub-vnet/);
  await expect
    .poll(() => changesInAudit())
    .toEqual([{ path: 'people[outsider].roles', before: [], after: ['requester'] }]);
});

async function ask(person: string, answer: RegExp): Promise<void> {
  await house.chat.say(person, 'team', 'connect mendix-prod to hub-vnet for app orders');
  await house.chat.waitFor(
    person,
    'team',
    `an answer like ${answer.source}`,
    (message) => message.from === 'causeway' && answer.test(message.text),
    10,
  );
}

async function rolesOf(id: string): Promise<readonly string[]> {
  const people = (await (await fetch(`${house.origin}/chat/people`)).json()) as Settings['people'];
  return people.find((person) => person.id === id)?.roles ?? [];
}

async function changesInAudit(): Promise<unknown[]> {
  const store = await openStoreReader({ kind: 'sqlite', dataDir: house.dataDir });
  try {
    const rows = await store.read
      .selectFrom('audit_payload')
      .select('body')
      .where('case_id', '=', 'settings')
      .orderBy('seq')
      .execute();
    return rows.flatMap((row) => (JSON.parse(row.body) as { event: { changes: unknown[] } }).event.changes);
  } finally {
    await store.close();
  }
}
