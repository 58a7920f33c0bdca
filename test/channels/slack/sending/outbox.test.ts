/** The sending half behind the real outbox: lanes, edits that are held back, and tries that were cut short. */
import { expect, it, onTestFinished } from 'vitest';
import { createOutbox } from '../../../../src/conversation/outbox.ts';
import { writeEffects } from '../../../../src/conversation/write-effects.ts';
import type { Effect } from '../../../../src/flows/effect.ts';
import type { Place } from '../../../../src/flows/event.ts';
import { showText } from '../../../../src/flows/message.ts';
import { readMessage } from '../../../../src/store/messages.ts';
import { type House, onCall, openHouse, team, until } from './house.ts';

const inTeam: Place = { platform: 'slack', conversation: team, thread: null };
const inOnCall: Place = { platform: 'slack', conversation: onCall, thread: null };

/** Asks for effects as a flow does, and sends them. */
function openLane(house: House, now = () => Temporal.Now.instant()): (...effects: Effect[]) => Promise<void> {
  const outbox = createOutbox({
    store: house.store,
    owner: 'this process',
    auditKey: 'audit',
    send: (message) => house.out.channel.send(message),
    openForm: () => Promise.reject(new Error('No form is asked for.')),
    reads: {} as never,
    inbox: { deliver: () => Promise.resolve({ outcome: 'done', because: '', errors: [] }) },
    now,
    log: (message, details) => house.logged.push(`${message} ${JSON.stringify(details)}`),
  });
  onTestFinished(() => outbox.stop(2_000));
  let revision = 0;
  return async (...effects) => {
    revision += 1;
    const at = now().toString();
    const context = { caseId: 'case-1', revision, at, newTokenId: () => `token-${revision}` };
    await house.store.write((tx) => writeEffects(tx, effects, context));
    outbox.wake();
  };
}

async function isSent(house: House, key: string): Promise<boolean> {
  const message = await readMessage(house.store.read, `case-1/${key}`);
  return message !== null && message.sentRevision === message.revision;
}

it('edits a card that changes all the time now and then, always shows its last state, and holds up nobody', async () => {
  let time = Temporal.Now.instant();
  function now(): Temporal.Instant {
    return time;
  }
  const house = await openHouse({ now });
  const ask = openLane(house, now);
  await ask(showText('status', inTeam, 'Step 0'));
  await until(() => isSent(house, 'status'));

  for (let step = 1; step <= 20; step += 1) {
    await ask(showText('status', inTeam, `Step ${step}`));
  }
  await ask(showText('other', inTeam, 'Something else'));
  await until(() => isSent(house, 'other'));
  time = time.add({ seconds: 2 });
  await until(() => isSent(house, 'status'));

  const requests = (await house.requests()).filter(({ path }) => /chat\.(?:postMessage|update)/.test(path));
  const calls = requests.map(({ body, path }) => [
    path.split('.').at(-1),
    new URLSearchParams(String(body)).get('text'),
  ]);
  const edits = calls.filter(([method]) => method === 'update');
  expect(edits).toHaveLength(2);
  expect(calls.slice(-2)).toEqual([
    ['postMessage', 'Something else'],
    ['update', 'Step 20'],
  ]);
});

it('keeps the other channels moving while one has to wait, and sends what waited', async () => {
  const house = await openHouse();
  const ask = openLane(house);
  await house.fault('ratelimited', '/api/chat.postMessage', 1);

  await ask(showText('first', inTeam, 'First'));
  await until(async () => (await house.calls('chat.postMessage')).length === 1);
  await ask(showText('second', inOnCall, 'Second'));
  await until(() => isSent(house, 'second'));
  const atThatTime = await house.written();
  await until(() => isSent(house, 'first'));

  expect(atThatTime.map(({ text }) => text)).toEqual(['Second']);
  expect((await house.written(team)).map(({ text }) => text)).toEqual(['First']);
});

it('posts once what was cut short, and gives it its thread', async () => {
  const house = await openHouse();
  const ask = openLane(house);
  await house.fault('drop-answer', '/api/chat.postMessage', 1);

  await ask(showText('first', inTeam, 'First'));
  await until(() => isSent(house, 'first'));
  await ask(showText('second', inTeam, 'Second'));
  await until(() => isSent(house, 'second'));

  const [first, second, ...others] = await house.written();
  expect(others).toEqual([]);
  expect(second?.thread_ts).toBe(first?.ts);
});
