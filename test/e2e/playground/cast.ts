/** Who plays: the playground's one user, and the settings in which the bot knows that user as a person. */
import { readFileSync } from 'node:fs';

interface PersonSettings {
  id: string;
  name: string;
  entra: { tenant: string; objectId: string } | null;
  [key: string]: unknown;
}

const tenant = '7c9d1f0e-2b64-4b0f-9a83-5e1d6c2f8a44';
const objectId = '3f0a6d52-91c7-4c58-8e2b-0d7f4a1b9c63';

/** Names that the tests click. */
export const rooms = {
  personal: 'Personal Chat',
  group: 'Change group',
  channel: 'Platform team - Networks',
} as const;

/** The example settings, with Rosa as the playground's user; everybody else is in the same directory. */
export function settingsText(): string {
  const example = JSON.parse(
    readFileSync(new URL('../../../manifest/settings.example.json', import.meta.url), 'utf8'),
  ) as { people: PersonSettings[]; [key: string]: unknown };
  const people = example.people.map((person) => ({
    ...person,
    entra: { tenant, objectId: person.id === 'requester' ? objectId : person.entra?.objectId },
  }));
  const { $schema: _, ...settings } = example;
  return JSON.stringify({ ...settings, people });
}

/**
 * The playground's settings; JSON is YAML. It ends without a word when it dislikes them: five users beside the current
 * one and exactly one channel beside General is a shape that it likes.
 */
export function playgroundText(): string {
  const others = ['Anna Approver', 'Ben Approver', 'Sam Support', 'Ada Admin', 'Otto Outsider'];
  return JSON.stringify({
    version: '0.1.0',
    tenantId: tenant,
    bot: { id: '00000000-0000-0000-0000-00000000000011', name: 'Causeway' },
    currentUser: user('user-id-0', 'Rosa Requester', objectId),
    users: others.map((name, index) =>
      user(`user-id-${index + 1}`, name, `3f0a6d52-91c7-4c58-8e2b-0000000000${index + 10}`),
    ),
    personalChat: { id: 'personal-chat-id' },
    groupChat: { id: 'group-chat-id', name: 'Change group' },
    team: {
      id: 'team-id',
      name: 'Platform team',
      aadGroupId: '00000000-0000-0000-0000-0000000000ff',
      channels: [{ id: 'channel-networks-id', name: 'Networks' }],
    },
  });
}

function user(id: string, name: string, aadObjectId: string): Record<string, string> {
  const [givenName = '', surname = ''] = name.split(' ');
  const email = `${givenName.toLowerCase()}@example.com`;
  // The playground spells it so.
  return { id, name, userPrincipleName: email, aadObjectId, givenName, surname, email };
}
