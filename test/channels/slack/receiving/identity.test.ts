import { describe, expect, it } from 'vitest';
import { channel, first, openHouse, team } from './house.ts';
import { command, directMessage, mention, press, shortcut } from './payloads.ts';

const shared = { is_ext_shared_channel: true };

describe('somebody whom the settings do not name', () => {
  it('is heard as a stranger, for help and a refusal', async () => {
    const house = await openHouse();

    await house.json(mention('connect', { user: 'U0NOBODY' }));

    expect(house.said[0]?.person).toBe('slack/U0NOBODY');
  });

  it('gets a refusal that says whom to ask, and nothing of a case', async () => {
    const house = await openHouse({ realInbox: true });

    await house.json(mention('connect mendix-prod to hub-vnet', { user: 'U0NOBODY' }));

    const rows = await house.store.read.selectFrom('message').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ only_for: 'slack/U0NOBODY', verbs: '[]' });
    expect(rows[0]?.content).toContain('Ada Admin');
  });
});

describe('somebody of another company', () => {
  const elsewhere = 'T0OTHER';

  it.each([
    ['in a channel that is shared', mention('connect', { user: 'U0FOREIGN', team: elsewhere }, shared)],
    ['by the home of the user', mention('connect', { user: 'U0FOREIGN', user_team: elsewhere }, shared)],
    ['by the organisation of the user', mention('connect', { user: 'U0FOREIGN', user_team: 'E0OTHER' }, shared)],
    ['when Slack does not say it', mention('connect', { user: 'U0FOREIGN', team: undefined }, shared)],
    ['with the id of an approver', mention('connect', { user: 'U0APPROVER1', team: elsewhere }, shared)],
    ['in a shared direct message', directMessage('connect', { user: 'U0FOREIGN', team: elsewhere }, shared)],
    [
      'when the message came from their side',
      mention('connect', { user: 'U0FOREIGN', team: elsewhere }, { ...shared, team_id: elsewhere }),
    ],
  ])('is told whom to ask, and nothing is stored: %s', async (_what, payload) => {
    const house = await openHouse();

    const { status } = await house.json(payload);

    expect(status).toBe(200);
    const { listener, text } = await first(house.told);
    expect(text).toContain('not a member of this workspace');
    expect(text).toContain('Ada Admin');
    expect(listener.userId).toMatch(/^U0/);
    expect(house.said).toEqual([]);
  });

  it('reads in the answer to a command that the bot is not installed in their workspace', async () => {
    const house = await openHouse();

    const { body, status } = await house.form(command('connect', { user_id: 'U0FOREIGN', team_id: elsewhere }));

    expect(status).toBe(200);
    expect(body).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('not installed') as unknown,
    });
    expect([house.said, house.told]).toEqual([[], []]);
  });

  it('is not let in by the settings either', async () => {
    const house = await openHouse({
      people: () => [
        {
          id: 'mallory',
          name: 'Mallory',
          email: 'mallory@example.com',
          entra: null,
          slack: { team: elsewhere, user: 'U0FOREIGN' },
          zone: 'UTC',
          calendar: 'support',
          roles: ['approver'],
        },
      ],
    });

    await house.json(mention('approve', { user: 'U0FOREIGN', team: elsewhere }, shared));

    expect((await first(house.told)).text).toContain('not a member');
    expect(house.said).toEqual([]);
  });

  it('is not known by an address', async () => {
    const house = await openHouse({
      matchByEmail: () => true,
      out: { emailOf: () => Promise.resolve('approver-1@example.com') },
    });

    await house.json(mention('approve', { user: 'U0FOREIGN', team: elsewhere }, shared));

    expect((await first(house.told)).text).toContain('not a member');
  });
});

describe('a member of the workspace', () => {
  it('is known in a shared channel, too', async () => {
    const house = await openHouse();

    await house.json(mention('help', { user: 'U0REQUESTER', team }, shared));

    expect(house.said[0]?.person).toBe('requester');
  });

  it('is known when the event says nothing about their home, in a channel of the workspace', async () => {
    const house = await openHouse();

    await house.json(mention('help', { team: undefined }));

    expect(house.said[0]?.person).toBe('requester');
  });

  it('is not known by an id in another case', async () => {
    const house = await openHouse();

    await house.json(mention('help', { user: 'u0requester' }));

    expect(house.said[0]?.person).toBe('slack/u0requester');
  });

  it('is known by the organisation that the workspace belongs to', async () => {
    const enterprise = {
      authorizations: [{ team_id: team, enterprise_id: 'E0OURS' }],
      context_enterprise_id: 'E0OURS',
    };
    const house = await openHouse();

    await house.json(mention('help', { user_team: 'E0OURS' }, { ...shared, ...enterprise }));
    await house.interact(
      shortcut('connect', {
        team: { id: team, enterprise_id: 'E0OURS' },
        user: { id: 'U0REQUESTER', team_id: 'E0OURS' },
      }),
    );

    expect(house.said.map(({ person }) => person)).toEqual(['requester', 'requester']);
  });

  it('can be named by the organisation in the settings', async () => {
    const house = await openHouse({
      people: () => [
        {
          id: 'wanda',
          name: 'Wanda',
          email: 'wanda@example.com',
          entra: null,
          slack: { team: 'E0OURS', user: 'W0WANDA' },
          zone: 'UTC',
          calendar: 'support',
          roles: ['requester'],
        },
      ],
    });

    await house.form(command('help', { user_id: 'W0WANDA', enterprise_id: 'E0OURS' }));
    await house.form(command('help', { user_id: 'W0WANDA', enterprise_id: 'E0OTHER' }));

    expect(house.said.map(({ person }) => person)).toEqual(['wanda', 'slack/W0WANDA']);
  });
});

describe('a person who is known by e-mail', () => {
  const settings = [
    {
      id: 'elsa',
      name: 'Elsa',
      email: 'elsa@example.com',
      entra: null,
      slack: null,
      zone: 'UTC',
      calendar: 'support',
      roles: ['requester' as const],
    },
    {
      id: 'ingo',
      name: 'Ingo',
      email: 'ingo@example.com',
      entra: null,
      slack: { team, user: 'U0INGO' },
      zone: 'UTC',
      calendar: 'support',
      roles: ['approver' as const],
    },
  ];
  const emails: Readonly<Record<string, string>> = { U0ELSA: 'Elsa@Example.com', U0TWIN: 'ingo@example.com' };
  const byEmail = {
    people: () => settings,
    matchByEmail: () => true,
    out: { emailOf: (user: string) => Promise.resolve(emails[user] ?? null) },
  };

  it('is that person when the settings allow it, and has no Slack id there', async () => {
    const house = await openHouse(byEmail);

    await house.json(mention('help', { user: 'U0ELSA' }));
    await house.json(mention('help', { user: 'U0TWIN' }));
    await house.json(mention('help', { user: 'U0INGO' }));

    expect(house.said.map(({ person }) => person)).toEqual(['elsa', 'slack/U0TWIN', 'ingo']);
  });

  it('is a stranger when they do not', async () => {
    const house = await openHouse({ ...byEmail, matchByEmail: () => false });

    await house.json(mention('help', { user: 'U0ELSA' }));

    expect(house.said[0]?.person).toBe('slack/U0ELSA');
  });

  it('is no stranger just because Slack is slow: it is asked to send it again', async () => {
    const house = await openHouse({ ...byEmail, out: { emailOf: () => new Promise(() => undefined) } });

    const event = await house.json(mention('help', { user: 'U0ELSA' }));
    await house.interact(press({ verb: 'retry', value: 'x', user: 'U0ELSA' }));

    expect(event.status).toBe(503);
    expect(await first(house.told)).toMatchObject({
      listener: { conversation: channel },
      text: expect.stringContaining('try it again') as unknown,
    });
    expect([house.said, house.clicked]).toEqual([[], []]);
  });
});
