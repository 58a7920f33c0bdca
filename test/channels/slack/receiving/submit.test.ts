import { describe, expect, it } from 'vitest';
import { deriveToken } from '../../../../src/cards/token.ts';
import { contentOf, sampleOf } from '../../../cards/samples.ts';
import { channel, first, type House, openHouse, tokenKey, until } from './house.ts';
import { closed, type Filled, outside, submission, suggestion } from './payloads.ts';

const preview = { text: 'The ticket', card: contentOf('ticket-preview'), speaker: null };

function ownToken(verb: string, person = 'requester', key = 'case-1/support#1'): string {
  return deriveToken({ key: tokenKey, tokenId: key, verb, person });
}

/** The preview of a ticket, whose form asks for a subject and a body. */
async function previewed(changes: Parameters<typeof openHouse>[0] = {}): Promise<House> {
  const house = await openHouse(changes);
  await house.post({ key: 'case-1/support', content: preview, verbs: ['open-ticket', 'back'] });
  return house;
}

function filled(values: Record<string, string>, more: Partial<Filled> = {}): Filled {
  const fields = Object.entries(values).map(([name, value]) => [name, { type: 'plain_text_input', value }]);
  return {
    verb: 'open-ticket',
    token: ownToken('open-ticket'),
    values: Object.fromEntries(fields) as Filled['values'],
    ...more,
  };
}

const ticket = { subject: 'Production is down', body: 'Since 8.' };

describe('a form that is sent', () => {
  it('is the click that it stands for, with what was filled in, and closes', async () => {
    const house = await previewed();
    const sent = submission(filled(ticket));

    const { status, text } = await house.interact(sent);

    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(house.clicked).toEqual([
      {
        id: `slack/submission/${sent.trigger_id}`,
        person: 'requester',
        place: { platform: 'slack', conversation: channel, thread: null },
        verb: 'open-ticket',
        token: ownToken('open-ticket'),
        inputs: ticket,
      },
    ]);
    await until(() => house.closed.length === 1);
  });

  it('reads choices, dates and boxes by the card that it was made from', async () => {
    const house = await openHouse();
    const content = { text: 'Connect', card: contentOf('connect-form'), speaker: null };
    const { environments, networks } = sampleOf('connect-form');
    await house.post({ key: 'case-1/connect', content, verbs: ['connect-continue'] });
    const [environment, network] = [environments[0]?.value ?? '', networks[0]?.value ?? ''];
    const choices = {
      environment: { type: 'static_select', selected_option: { value: environment } },
      network: { type: 'static_select', selected_option: { value: network.length > 150 ? '0' : network } },
      apps: { type: 'plain_text_input', value: null },
      isolation: { type: 'radio_buttons', selected_option: { value: 'no' } },
    };

    await house.interact(
      submission({
        verb: 'connect-continue',
        token: ownToken('connect-continue', 'requester', 'case-1/connect#1'),
        values: choices,
      }),
    );

    expect(house.clicked[0]?.inputs).toEqual({ environment, network, apps: '', isolation: 'no' });
  });

  it('with mistakes stays open, and each is told at its field', async () => {
    const house = await previewed();
    house.answerWith({
      outcome: 'invalid',
      because: 'Too short. And this.',
      errors: [
        { input: 'subject', message: 'A ticket needs a subject.' },
        { input: 'body', message: 'Describe it.' },
      ],
    });

    const { body, status } = await house.interact(submission(filled({ subject: '', body: '' })));

    expect(status).toBe(200);
    expect(body).toEqual({
      response_action: 'errors',
      errors: { subject: 'A ticket needs a subject.', body: 'Describe it.' },
    });
    expect([house.told, house.closed]).toEqual([[], []]);
  });

  it('tells at its first field what belongs to none of them', async () => {
    const house = await previewed();
    const errors = [
      { input: 'somewhere', message: 'One.' },
      { input: 'else', message: 'Two.' },
    ];
    house.answerWith({ outcome: 'invalid', because: 'One. Two.', errors });

    const { body } = await house.interact(submission(filled({ body: 'Since 8.' })));

    expect(body).toMatchObject({ response_action: 'errors', errors: { body: expect.any(String) as unknown } });
  });

  it.each(['refused', 'stale', 'already-decided'] as const)('says in its place why it was %s', async (outcome) => {
    const house = await previewed();
    house.answerWith({ outcome, because: 'The ticket is open already.', errors: [] });

    const { body, status } = await house.interact(submission(filled(ticket)));

    expect(status).toBe(200);
    expect(body).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
    expect(body).not.toHaveProperty('view.submit');
    expect(JSON.stringify(body)).toContain('The ticket is open already.');
    expect(house.told).toEqual([]);
    await until(() => house.closed.length === 1);
  });

  it('does not lose what was written when it was not taken', async () => {
    const house = await previewed();
    house.answerWith({ outcome: 'stale', because: 'The card has moved on.', errors: [] });

    const { body } = await house.interact(submission(filled({ ...ticket, body: 'A <!channel> long story.' })));

    expect(JSON.stringify(body)).toContain('long story.');
    expect(JSON.stringify(body)).not.toContain('<!channel>');
  });

  it('twice is sent once, and gets the same answer', async () => {
    const house = await previewed();
    house.answerWith({ outcome: 'refused', because: 'No.', errors: [] });
    const sent = submission(filled(ticket));

    const answers = await Promise.all([house.interact(sent), house.interact(sent)]);

    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(house.clicked).toHaveLength(1);
  });

  it.each([
    ['of a card that nobody knows', { token: 'made.up.token' }],
    ['with the token of somebody else', { token: ownToken('open-ticket', 'approver-1') }],
    ['with the token of another button', { token: ownToken('back') }],
  ])('%s is refused by the house, in its place', async (_what, more) => {
    const house = await previewed({ realInbox: true });

    const { body, status } = await house.interact(submission(filled(ticket, more)));

    expect(status).toBe(200);
    expect(body).toMatchObject({ response_action: 'update' });
    expect(JSON.stringify(body)).toMatch(/do not know this button|shown to somebody else/);
  });

  it('is read by the card that the person saw', async () => {
    const house = await previewed();
    const other = { text: 'Over', card: contentOf('notice'), speaker: null };
    const asked = JSON.stringify({ kind: 'message', type: 'show', content: preview });
    await house.store.write((tx) =>
      tx
        .insertInto('effect')
        .values({
          id: 'e1',
          case_id: 'case-1',
          kind: 'message',
          type: 'show',
          body: asked,
          at: '',
          message_key: 'case-1/support',
          status: 'done',
        })
        .execute(),
    );
    await house.post({ key: 'case-1/support', content: other, verbs: [] });

    await house.interact(submission(filled(ticket)));

    expect(house.clicked[0]?.inputs).toEqual(ticket);
  });
});

describe('whoever may not send a form', () => {
  it.each([
    ['a stranger', { user: { id: 'U0NOBODY', team_id: 'T0CAUSEWAY' } }, 'do not know you'],
    ['somebody of another company', { user: outside }, 'not a member'],
    ['somebody of another company, in their workspace', { user: outside, team: { id: 'T0OTHER' } }, 'not a member'],
  ])('reads in its place whom to ask: %s', async (_what, more, words) => {
    const house = await previewed();

    const { body } = await house.interact(submission(filled(ticket, { more })));

    expect(JSON.stringify(body)).toContain(words);
    expect(JSON.stringify(body)).toContain('Ada Admin');
    expect(house.clicked).toEqual([]);
  });
});

describe('the answer to a form', () => {
  it('comes before Slack gives up, and what came of it is told when it is known', async () => {
    const house = await previewed();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'refused', because: 'Not you.', errors: [] })));

    const { body } = await house.interact(submission(filled(ticket)));
    expect(JSON.stringify(body)).toContain('working on it');
    resolve();

    expect(await first(house.told)).toEqual({
      listener: { userId: 'U0REQUESTER', conversation: null, thread: null },
      text: 'Not you.',
    });
  });

  it('says so when something goes wrong', async () => {
    const house = await previewed();
    house.answerWith(() => Promise.reject(new Error('the disk is full')));

    const { body, status } = await house.interact(submission(filled(ticket)));

    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('went wrong on my side');
  });
});

it('a form that is closed is told to the sending half', async () => {
  const house = await previewed();

  const { status } = await house.interact(closed(filled(ticket)));

  expect(status).toBe(200);
  await until(() => house.closed.length === 1);
  expect(house.clicked).toEqual([]);
});

describe('the choices of a long list', () => {
  const networks = Array.from({ length: 150 }, (_, index) => ({ title: `network ${index}`, value: `net-${index}` }));
  const form = contentOf('connect-form', { ...sampleOf('connect-form'), networks, network: '' });

  async function asking() {
    const house = await openHouse();
    await house.post({
      key: 'case-1/connect',
      content: { text: 'Connect', card: form, speaker: null },
      verbs: ['connect-continue'],
    });
    const token = ownToken('connect-continue', 'requester', 'case-1/connect#1');
    return { house, shown: { verb: 'connect-continue', token, values: {} } };
  }

  it('are found by what is typed', async () => {
    const { house, shown } = await asking();

    const { body, status } = await house.interact(suggestion(shown, 'network', 'WORK 42'));

    expect(status).toBe(200);
    expect(body).toEqual({ options: [expect.objectContaining({ value: 'net-42' })] });
  });

  it('are at most as many as Slack takes', async () => {
    const { house, shown } = await asking();

    const { body } = await house.interact(suggestion(shown, 'network', ''));

    expect((body as { options: unknown[] }).options.length).toBeLessThanOrEqual(100);
  });

  it.each([
    ['a stranger', { user: 'U0NOBODY' }],
    ['a form that nobody knows', { token: 'made.up' }],
    ['somebody else’s form', { token: ownToken('connect-continue', 'approver-1', 'case-1/connect#1') }],
  ])('are none for %s', async (_what, more) => {
    const { house, shown } = await asking();

    const { body, status } = await house.interact(suggestion({ ...shown, ...more }, 'network', 'hub'));

    expect([status, body]).toEqual([200, { options: [] }]);
  });

  it('are none, and at once, for a field of no form', async () => {
    const { house, shown } = await asking();
    const { view: _view, ...alone } = suggestion(shown, 'network', 'hub');

    const { body } = await house.interact(alone);

    expect(body).toEqual({ options: [] });
    expect(house.logged).toEqual([]);
  });
});
