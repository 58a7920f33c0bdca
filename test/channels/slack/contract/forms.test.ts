/** Forms: opened by a button, told what is wrong at the field, brought up to date while they are open. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { type Message, offersIn, titled, type View, waitFor, wordsOf } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
  await house.addNetworks(130);
});

afterAll(async () => {
  await house.close();
});

const cry = 'prod is down since 8, recovery button did nothing, pls help';
const timeout = 60_000;

async function cried(channel: string): Promise<{ triage: Message; thread: string }> {
  const { slack } = house;
  const { ts: thread } = await slack.say('requester', cry, { channel });
  return { thread, triage: await slack.heard('the question', offersIn(channel, 'triage-continue', thread)) };
}

function viewNow(view: View | null | undefined, fits: (now: View) => boolean): Promise<View> {
  return waitFor('the form to change', async () =>
    (await house.slack.views()).find((now) => now.id === view?.id && fits(now)),
  );
}

describe('a form', { timeout }, () => {
  it('says what is wrong at each field, and is taken when it is right', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { thread, triage } = await cried(channel);
    await slack.fill('requester', triage, 'triage-continue', { faultLocation: 'unknown' });
    const verdict = await slack.heard('the verdict', offersIn(channel, 'preview-ticket', thread));
    await slack.press('requester', verdict, 'preview-ticket');
    const preview = await slack.heard('the preview', offersIn(channel, 'open-ticket', thread));

    const { view } = await slack.press('requester', preview, 'open-ticket');
    const wrong = await slack.submit('requester', view, { subject: ' ', body: '\n ' });
    const right = await slack.submit('requester', view, { subject: 'It is down' });

    expect(Object.keys(wrong.errors ?? {}).toSorted()).toEqual(['body', 'subject']);
    expect(wrong.view?.id).toBe(view?.id);
    expect(right).toMatchObject({ status: 200, view: null });
    await slack.heard('the ticket’s card', titled('Ticket'));
    const edits = await slack.requests('views.update');
    expect(edits.filter(({ body }) => JSON.stringify(body).includes(view?.id ?? ''))).toEqual([]);
  });

  it('that is open while the card moves on says that it is over', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { thread, triage } = await cried(channel);
    const { view } = await slack.press('requester', triage, 'triage-continue');

    await slack.say('requester', 'cancel', { channel, thread });

    const over = await viewNow(view, (now) => now.title.text === 'No longer needed');
    expect(wordsOf(over)).toContain('moved on');
    await expect(slack.submit('requester', over)).rejects.toThrow('refuses');
  });

  it('that could not be renewed in time keeps what was written, and says why it was not taken', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { ts: thread } = await slack.say('requester', 'connect mendix-acc to hub-vnet for app hr', { channel });
    const form = await slack.heard('the form', offersIn(channel, 'connect-continue', thread));
    const { view } = await slack.press('requester', form, 'connect-continue');
    await slack.faults([{ match: { path: '/api/views.update' }, fault: 'delay', times: 1 }]);
    await slack.say('requester', 'cancel', { channel, thread });

    const sent = await slack.submit('requester', view, { apps: 'hr, billing, payroll' });

    expect(sent.view?.title.text).toMatch(/^Not (?:sent|done)$/);
    expect(wordsOf(sent.view ?? {})).toContain('hr, billing, payroll');
  });

  it('that takes too long to open is asked for once more, and nothing has happened', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { triage } = await cried(channel);
    await slack.faults([{ match: { path: '/api/views.open' }, fault: 'internal-error', times: 1 }]);

    const pressed = await slack.pressOld('requester', triage, 'triage-continue');

    expect(pressed.status).toBe(200);
    await slack.whispered('requester', 'could not open the form');
    expect((await slack.written(channel)).map(({ ts }) => ts)).toEqual([triage.ts]);
  });

  it('is forgotten when it is closed', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { thread, triage } = await cried(channel);
    const { view } = await slack.press('requester', triage, 'triage-continue');

    const closed = await slack.move('close', { user: 'U0REQUESTER', view: view?.id });
    await slack.say('requester', 'cancel', { channel, thread });

    expect(closed.status).toBe(200);
    await slack.heard('the end', (message) => message.ts === triage.ts && titled('Left for now')(message));
    const updates = await slack.requests('views.update');
    expect(updates.filter(({ body }) => JSON.stringify(body).includes(String(view?.id)))).toEqual([]);
  });
});

it('a list of more than a hundred networks is searched while somebody types', { timeout }, async () => {
  const { slack } = house;
  const channel = house.newChannel();
  const { ts: thread } = await slack.say('requester', 'connect mendix-prod for app orders', { channel });
  const form = await slack.heard('the form', offersIn(channel, 'connect-continue', thread));
  const { view } = await slack.press('requester', form, 'connect-continue');
  const menu = { user: 'U0REQUESTER', view: view?.id, action_id: 'network' };

  const all = await slack.move('options', { ...menu, value: '' });
  const some = await slack.move('options', { ...menu, value: 'Extra-129' });
  const [found] = some.options ?? [];
  const sent = await slack.submit('requester', view, { network: found?.value, names: 'exact', isolation: 'no' });

  expect(view?.blocks.find(({ block_id: id }) => id === 'network')?.element?.type).toBe('external_select');
  expect(all.options).toHaveLength(100);
  expect(some.options).toHaveLength(1);
  expect(found?.text.text).toContain('extra-129');
  expect(sent).toMatchObject({ status: 200, view: null });
  await slack.heard('the method', offersIn(channel, 'use-peering', thread));
});
