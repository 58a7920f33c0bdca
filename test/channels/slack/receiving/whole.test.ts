import { describe, expect, it } from 'vitest';
import { until } from './house.ts';
import { openWhole, type Whole } from './whole.ts';

const channel = 'C0TEAM';
const cry = 'prod is down since 8, recovery button did nothing, pls help';

/** As far as the card that asks what could change the verdict. */
async function cried(): Promise<{ whole: Whole; ts: string }> {
  const whole = await openWhole();
  await whole.move('say', { user: 'U0REQUESTER', channel, text: cry, mention: true });
  const { ts } = await whole.offering(channel, 'triage-continue');
  return { whole, ts };
}

function press(whole: Whole, ts: string, actionId: string, user = 'U0REQUESTER') {
  return whole.move('press', { user, channel, ts, action_id: actionId, awaitView: true });
}

describe('in a workspace', () => {
  it('a button opens its form for whoever pressed, mistakes are told at their field, and then it is taken', async () => {
    const { whole, ts } = await cried();
    const { view: triage } = await press(whole, ts, 'triage-continue');
    expect(triage?.callback_id).toBe('triage-continue');
    await whole.move('submit', { user: 'U0REQUESTER', view: triage?.id, values: {} });
    const verdict = await whole.offering(channel, 'preview-ticket');
    await whole.move('press', { user: 'U0REQUESTER', channel, ts: verdict.ts, action_id: 'preview-ticket' });
    const preview = await whole.offering(channel, 'open-ticket');

    const { view } = await press(whole, preview.ts, 'open-ticket');
    const wrong = await whole.move('submit', { user: 'U0REQUESTER', view: view?.id, values: { subject: '   ' } });
    const right = await whole.move('submit', {
      user: 'U0REQUESTER',
      view: view?.id,
      values: { subject: 'It is down' },
    });

    expect(Object.keys(wrong.errors ?? {})).toEqual(['subject']);
    expect(right).toMatchObject({ status: 200, view: null });
    await until(async () => (await rows(whole, 'open-ticket')).length === 1);
  });

  it('somebody else’s case is refused at the press, before anything has to be filled in', async () => {
    const { whole, ts } = await cried();

    const { view } = await whole.move('press', { user: 'U0APPROVER1', channel, ts, action_id: 'triage-continue' });

    expect(view ?? null).toBeNull();
    const told = await until(async () => (await whole.ephemeral()).find(({ to }) => to === 'U0APPROVER1'));
    expect(told.text).toContain('Rosa Requester');
    expect(await rows(whole, 'open-form')).toEqual([]);
  });

  it('one press is one form, however often it is delivered', async () => {
    const { whole, ts } = await cried();
    const pressed = await press(whole, ts, 'triage-continue');

    const again = [
      await whole.move('redeliver', { id: pressed.id, exact: true }),
      await whole.move('redeliver', { id: pressed.id }),
    ];

    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await rows(whole, 'open-form')).toHaveLength(1);
  });

  it('one event is one case, however often it is delivered', async () => {
    const whole = await openWhole();
    const { id } = await whole.move('say', { user: 'U0REQUESTER', channel, text: cry, mention: true });

    await whole.move('redeliver', { id, exact: true });
    await whole.move('redeliver', { id });

    expect(await whole.store.read.selectFrom('event').select('id').execute()).toHaveLength(1);
  });

  it('a command in a new message goes on with the case that it fits', async () => {
    const { whole } = await cried();
    const said = await whole.move('say', { user: 'U0REQUESTER', channel, text: 'cancel', mention: true });

    expect(said.status).toBe(200);
    const [row] = await until(async () => {
      const cases = await whole.store.read.selectFrom('flow').select(['case_id', 'state']).execute();
      return cases.length === 1 && cases[0]?.state.includes('put-off') === true && cases;
    });
    expect(row?.state).toContain('put-off');
  });

  it('a command without words shows the menu', async () => {
    const whole = await openWhole();

    const { status } = await whole.move('command', { user: 'U0REQUESTER', channel, command: '/causeway' });

    expect(status).toBe(200);
    expect((await whole.offering(channel, 'start-connect')).ts).toMatch(/^\d/);
  });
});

async function rows({ store }: Whole, type: string): Promise<{ id: string }[]> {
  return store.read.selectFrom('effect').select('id').where('type', '=', type).execute();
}

describe('files beside words', () => {
  const files = [
    { name: 'error.log', text: 'ERROR at 08:00' },
    { name: 'screen.txt', text: 'white' },
  ];

  it('are fetched from Slack, and go along with what is sent to the desk', async () => {
    const whole = await openWhole();

    await whole.move('say', { user: 'U0REQUESTER', channel, text: cry, mention: true, files });

    const kept = await until(async () => {
      const all = await whole.store.read.selectFrom('chat_file').selectAll().execute();
      return all.length === 2 && all;
    });
    const flow = await whole.store.read.selectFrom('flow').select('state').executeTakeFirstOrThrow();
    const state = JSON.parse(flow.state) as { files: { id: string; name: string; size: number }[] };
    expect(kept.map(({ name }) => name).toSorted()).toEqual(['error.log', 'screen.txt']);
    expect(state.files.map(({ name, size }) => [name, size])).toEqual([
      ['error.log', 14],
      ['screen.txt', 5],
    ]);
    expect(state.files.map(({ id }) => id).toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
    const told = await until(async () => (await whole.ephemeral()).find(({ text }) => text.includes('error.log')));
    expect(told.text).toContain('without files');
  });
});
