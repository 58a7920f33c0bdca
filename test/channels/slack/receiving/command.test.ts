import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../../../src/flows/state.ts';
import { bindThread } from '../../../../src/store/conversations.ts';
import { insertFlow } from '../../../../src/store/flows.ts';
import { channel, direct, first, type House, openHouse, ts } from './house.ts';
import { command, directMessage, messageShortcut, outside, shortcut } from './payloads.ts';

describe('the slash command', () => {
  it('says what stands behind it, in no thread', async () => {
    const house = await openHouse();
    const sent = command('connect mendix-prod to <#C1|hub> for <@U0APPROVER1|anna>');

    const { status, text } = await house.form(sent);

    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(house.said).toEqual([
      {
        id: `slack/command/${sent['trigger_id']}`,
        person: 'requester',
        place: { platform: 'slack', conversation: channel, thread: null },
        text: 'connect mendix-prod to #hub for Anna Approver',
        files: [],
      },
    ]);
  });

  it.each(['', '  ', 'help'])('alone opens the menu: “%s”', async (text) => {
    const house = await openHouse();

    await house.form(command(text));

    expect(house.said[0]?.text).toBe('help');
  });

  it('goes on with the case whose button it names', async () => {
    const house = await openHouse();
    const place = { platform: 'slack' as const, conversation: channel, thread: '1789.1' };
    await house.post({ key: 'case-1/connect', place, verbs: ['ask-approval'] });

    await house.form(command('ask for approval'));

    expect(house.said[0]?.place.thread).toBe('1789.1');
  });

  it('is not guessed where several cases could be meant', async () => {
    const house = await openHouse();
    for (const [caseId, thread] of [['case-1', '1789.1'] as const, ['case-2', '1789.2'] as const]) {
      const place = { platform: 'slack' as const, conversation: channel, thread };
      await house.post({ key: `${caseId}/approval`, caseId, place, verbs: ['approve'] });
    }

    const { body } = await house.form(command('approve', { user_id: 'U0APPROVER1' }));

    expect(body).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('thread') as unknown });
    expect(house.said).toEqual([]);
  });

  it('answers in itself, for the person alone, what cannot be', async () => {
    const house = await openHouse();
    const long = await house.form(command('x'.repeat(9_000)));
    house.answerWith(() => Promise.reject(new Error('the disk is full')));
    const broken = await house.form(command('help'));
    house.answerWith(() => Promise.reject(Object.assign(new Error('too busy'), { name: 'Busy' })));
    const busy = await house.form(command('help'));

    expect([long, broken, busy].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(long.body).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('9000') as unknown });
    expect(broken.text).toContain('went wrong on my side');
    expect(busy.text).toContain('try it again');
    expect(house.told).toEqual([]);
  });

  it('of a stranger is heard for help and a refusal', async () => {
    const house = await openHouse();

    await house.form(command('connect', { user_id: 'U0NOBODY' }));

    expect(house.said).toMatchObject([{ person: 'slack/U0NOBODY', text: 'connect' }]);
  });

  it('comes before Slack gives up, however long the house takes', async () => {
    const house = await openHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'done', because: '', errors: [] })));

    const { status, text } = await house.form(command('help'));
    resolve();

    expect(status).toBe(200);
    expect(text).toContain('working on it');
  });
});

describe('the shortcut on a message', () => {
  it('makes a problem out of its words, in its thread', async () => {
    const house = await openHouse();
    const at = ts();
    const sent = messageShortcut('the page says <https://a.example|502>', {
      message: { type: 'message', user: 'U0APPROVER1', ts: at, text: 'orders &amp; billing are odd' },
    });

    const { status, text } = await house.interact(sent);

    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(house.said).toEqual([
      {
        id: `slack/shortcut/${sent.trigger_id}`,
        person: 'requester',
        place: { platform: 'slack', conversation: channel, thread: at },
        text: 'orders & billing are odd',
        files: [],
        asProblem: { link: `https://causeway.slack.com/archives/${channel}/p${at.replace('.', '')}` },
      },
    ]);
  });

  it('stays in the thread that the message stands in', async () => {
    const house = await openHouse();

    await house.interact(messageShortcut('x', { message: { ts: ts(), thread_ts: '1789.1', text: 'it is down' } }));

    expect(house.said[0]?.place.thread).toBe('1789.1');
  });

  it('begins a case of support, whatever the message says', async () => {
    const house = await openHouse({ realInbox: true });

    await house.interact(messageShortcut('connect orders to the moon, said the intern'));

    expect(await flowsIn(house)).toEqual(['support']);
  });

  it('says so when there are no words, or the thread is a case already', async () => {
    const house = await openHouse();
    const state = { flow: 'support', requester: 'requester' } as unknown as CaseState;
    const flow = { state, revision: 1, at: Temporal.Now.instant().toString(), auditSeq: 0, auditHead: '' };
    await house.store.write(async (tx) => {
      await insertFlow(tx, 'case-1', flow);
      await bindThread(tx, { platform: 'slack', conversation: channel, thread: '1789.1' }, 'case-1');
    });

    await house.interact(messageShortcut(''));
    expect((await first(house.told)).text).toContain('no words');
    house.told.length = 0;
    await house.interact(messageShortcut('x', { message: { ts: '1789.1', text: 'it is down' } }));

    expect((await first(house.told)).text).toContain('a case already');
    expect(house.said).toEqual([]);
  });

  it('is refused to somebody of another company', async () => {
    const house = await openHouse();

    await house.interact(messageShortcut('it is down', { user: outside }));

    expect((await first(house.told)).text).toContain('not a member');
    expect(house.said).toEqual([]);
  });
});

describe('the shortcut from anywhere', () => {
  it.each(['connect', 'support'])('begins in the direct messages: %s', async (name) => {
    const house = await openHouse();
    const sent = shortcut(name);

    const { status } = await house.interact(sent);

    expect(status).toBe(200);
    const place = { platform: 'slack', conversation: 'D0OFU0REQUESTER', thread: null };
    expect(house.said).toMatchObject([
      { id: `slack/shortcut/${sent.trigger_id}`, person: 'requester', place, text: name },
    ]);
  });

  it('knows the direct messages from an earlier word', async () => {
    const house = await openHouse({ out: { directOf: () => Promise.reject(new Error('Slack is away')) } });
    await house.json(directMessage('help'));
    await house.receiving.stop();

    // The route is drained by now; what was remembered is in the store.
    const row = await house.store.read
      .selectFrom('fact')
      .select('value')
      .where('key', '=', 'slack/direct/U0REQUESTER')
      .executeTakeFirst();
    expect(row?.value).toBe(JSON.stringify(direct));
  });

  it('asks to press again when Slack does not open them in time', async () => {
    const house = await openHouse({ out: { directOf: () => new Promise(() => undefined) } });

    const { status } = await house.interact(shortcut('connect'));

    expect(status).toBe(200);
    expect((await first(house.told)).text).toContain('try it again');
  });

  it('that nobody knows is answered', async () => {
    const house = await openHouse();

    await house.interact(shortcut('dance'));
    await house.interact(messageShortcut('x', { callback_id: 'constructor' }));

    expect((await first(house.told)).text).toContain('do not know this shortcut');
    expect(house.said).toEqual([]);
  });

  it('of a stranger is refused', async () => {
    const house = await openHouse();

    await house.interact(shortcut('connect', { user: { id: 'U0NOBODY', team_id: 'T0CAUSEWAY' } }));

    expect(await first(house.told)).toEqual({
      listener: { userId: 'U0NOBODY', conversation: null, thread: null },
      text: expect.stringContaining('do not know you') as unknown,
    });
  });
});

async function flowsIn({ store }: House): Promise<string[]> {
  return (await store.read.selectFrom('flow').select('kind').execute()).map(({ kind }) => kind);
}
