import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostile, invisible } from '../../teams/hostile.ts';
import { type House, openHouse, shared } from './house.ts';
import { directOf, type Message, offersIn, titled, userOf, verbsOf, waitFor, wordsOf } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

const cry = 'prod is down since 8, recovery button did nothing, pls help';

describe('help', () => {
  it('is given to everybody who is known, with every typed form', async () => {
    const { slack } = house;

    await slack.say('approver-1', 'help', { channel: directOf('approver-1') });

    const help = await slack.heard('help', ({ channel }) => channel === directOf('approver-1'));
    for (const form of ['ask for approval', 'approve', 'reject because', 'withdraw', 'open the ticket', 'solved']) {
      expect(wordsOf(help)).toContain(form);
    }
  });

  it('opens with the bare slash command, and begins both jobs', async () => {
    const { slack } = house;
    const channel = house.newChannel();

    await slack.move('command', { user: userOf('requester'), channel });
    const menu = await slack.heard('the menu', offersIn(channel, 'start-connect'));
    await slack.press('requester', menu, 'start-connect');

    await slack.heard('the form', offersIn(channel, 'connect-continue', menu.ts));
  });

  it('is all that somebody gets whom the settings do not know, with whom to ask', async () => {
    const { slack } = house;
    await slack.addPerson('U0NEWCOMER');
    const channel = directOf('U0NEWCOMER');

    await slack.say('U0NEWCOMER', 'help', { channel });
    await slack.say('U0NEWCOMER', 'connect mendix-prod to hub-vnet', { channel });

    const [help, refusal] = await waitFor('both answers', async () => {
      const written = await slack.written(channel);
      return written.length > 1 ? written : undefined;
    });
    expect(wordsOf(help as Message)).toContain('Ada Admin');
    expect(verbsOf(help as Message)).toEqual([]);
    expect(wordsOf(refusal as Message)).toContain('Ada Admin');
    expect(wordsOf(refusal as Message)).not.toContain('mendix-prod-vnet');
  });
});

describe('a room', () => {
  it('reads nothing of a refusal, which one person sees', async () => {
    const { slack } = house;
    const channel = house.newChannel();

    await slack.say('outsider', 'connect mendix-prod to hub-vnet', { channel });

    const refusal = await slack.whispered('outsider', 'Ada Admin');
    expect(refusal.channel).toBe(channel);
    expect(await slack.written(channel)).toEqual([]);
  });

  it('holds two cases in two threads, and each answers where it was asked', async () => {
    const { slack } = house;
    const channel = house.newChannel();

    const first = await slack.say('requester', 'connect mendix-prod to hub-vnet for app orders', { channel });
    const second = await slack.say('requester', 'connect mendix-acc to hub-vnet for app billing', { channel });

    const forms = await Promise.all(
      [first, second].map(({ ts }) => slack.heard('a form', offersIn(channel, 'connect-continue', ts))),
    );
    expect(wordsOf(forms[0] as Message)).toContain('orders');
    expect(wordsOf(forms[1] as Message)).toContain('billing');
  });

  it('hears one word once, however often Slack delivers it', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const said = await slack.say('requester', 'connect mendix-acc to hub-vnet for app crm', { channel });
    await slack.heard('the form', offersIn(channel, 'connect-continue', said.ts));

    const again = await Promise.all([
      slack.move('redeliver', { id: said.id, exact: true }),
      slack.move('redeliver', { id: said.id }),
      slack.move('redeliver', { id: said.id, reason: 'http_error' }),
    ]);
    await slack.say('requester', 'cancel', { channel, thread: said.ts });

    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
    await slack.heard('the end', (message) => message.channel === channel && titled('Cancelled')(message));
    expect(await slack.written(channel)).toHaveLength(1);
  });

  it('where people from another company read along shows no case, to nobody', async () => {
    const { slack } = house;

    await slack.say('requester', 'connect mendix-prod to hub-vnet for app orders', { channel: shared });
    await slack.say('U0FOREIGN', 'connect mendix-prod to hub-vnet for app orders', { channel: shared });

    await slack.heard('the form, in private', offersIn(directOf('requester'), 'connect-continue'));
    const refusal = await slack.whispered('U0FOREIGN', 'not a member of this workspace');
    expect(wordsOf(refusal)).not.toContain('hub-vnet');
    const room = await waitFor('a word in the room', async () => {
      const written = await slack.written(shared);
      return written.length > 0 ? written : undefined;
    });
    expect(room.map(verbsOf)).toEqual([[]]);
    expect(room.map(wordsOf).join()).not.toMatch(/hub-vnet|mendix-prod|orders/);
  });

  it('may be shared later on: whoever comes in then can press nothing', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { ts } = await slack.say('requester', cry, { channel });
    const triage = await slack.heard('the question', offersIn(channel, 'triage-continue', ts));
    await slack.share(channel, 'U0FOREIGN');

    await slack.pressOld('U0FOREIGN', triage, 'triage-continue');
    await slack.pressOld('U0FOREIGN', triage, 'cancel');

    await slack.whispered('U0FOREIGN', 'not a member of this workspace');
    expect(await slack.views()).toEqual([]);
    expect((await slack.written(channel)).map(verbsOf)).toEqual([verbsOf(triage)]);
  });
});

describe('a shortcut', () => {
  it('makes a problem out of somebody’s message, in its thread', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const said = await slack.move('say', { user: userOf('agent'), channel, text: 'prod is down since 8' });

    await slack.move('shortcut', { user: userOf('requester'), callback_id: 'turn-into-ticket', channel, ts: said.ts });

    await slack.heard('the question', offersIn(channel, 'triage-continue', said.ts));
  });

  it('begins from anywhere, in direct messages', async () => {
    const { slack } = house;

    await slack.move('shortcut', { user: userOf('approver-2'), callback_id: 'connect' });

    await slack.heard('the form', offersIn(directOf('approver-2'), 'connect-continue'));
  });
});

it('the App Home offers both jobs, and begins them in direct messages', async () => {
  const { slack } = house;
  await slack.move('home', { user: userOf('admin') });
  const home = await waitFor('the App Home', async () => (await slack.world()).homes[userOf('admin')]);

  await slack.move('press', { user: userOf('admin'), view: home.id, action_id: 'start-support' });

  const question = await slack.heard('the question', ({ channel }) => channel === directOf('admin'));
  expect(verbsOf(home)).toEqual(['start-connect', 'start-support']);
  expect(verbsOf(question)).toContain('triage-continue');
});

describe('what people write', () => {
  const evil = '<!channel> <@U0ADMIN> <#C0ONCALL> <https://evil.example|portal.azure.com> @here #on-call <!subteam^S1>';
  const text = [evil, ...hostile.map(([, written]) => written), ...invisible.map(([, written]) => written)].join(' ');

  it('calls nobody and leads nowhere, in cards, their edits, forms and messages', { timeout: 60_000 }, async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { ts } = await slack.say('requester', `prod is down since 8: ${text}`, { channel });
    const triage = await slack.heard('the question', (message) => message.channel === channel);
    if (verbsOf(triage).includes('triage-continue')) {
      await slack.fill('requester', triage, 'triage-continue', { faultLocation: 'unknown' });
    }
    const verdict = await slack.heard('the verdict', offersIn(channel, 'preview-ticket', ts));
    await slack.press('requester', verdict, 'preview-ticket');
    const preview = await slack.heard('the preview', offersIn(channel, 'open-ticket', ts));
    const { view } = await slack.press('requester', preview, 'open-ticket');
    const shown = (await slack.views()).find(({ id }) => id === view?.id);
    await slack.submit('requester', view, { subject: text.slice(0, 140).replaceAll('\n', ' ') });
    const living = await slack.heard('the ticket’s card', titled('Ticket'));
    const ticket = (await house.tickets()).find(({ subject }) => subject.includes('<!channel>'));
    await house.agent({ ticket: ticket?.id, move: 'comment', public: true, text });
    const comment = await slack.heard('the comment', ({ text: said }) => said.startsWith('Robin'));

    for (const message of [triage, verdict, preview, living, comment, shown]) {
      expect(message?.mentions).toEqual({ users: [], channels: [], broadcast: [] });
      const links = message?.links?.filter(({ url }) => new URL(url).host === 'evil.example') ?? [];
      expect(links.filter(({ label }) => !label.includes('evil.example'))).toEqual([]);
      expect(JSON.stringify(message)).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/);
    }
  });
});
