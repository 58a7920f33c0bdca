/**
 * The desk is away for an hour while people go on with their ticket: each is told truly how it stands, and when the desk
 * is back everything is done once, in the order in which it was asked for.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hasEarlierWork } from '../../src/store/effect-work.ts';
import { doneInTurn } from '../../src/tickets/work.ts';
import { cardOf, openRig, type Rig, soon } from './desk-rig.ts';
import { openWorks, type Works } from './desk-works.ts';

interface Scene {
  rig: Rig;
  works: Works;
  /** From now on nothing gets through, for this long; `lost`: what is written gets through, and its answer does not. */
  goAway: (duration: Temporal.DurationLike, how?: 'away' | 'lost' | 'read-only') => void;
  say: (text: string) => Promise<void>;
}

async function openScene(): Promise<Scene> {
  const outage = { until: Temporal.Instant.from('2026-01-01T00:00:00Z'), how: 'away' };
  const rig = await openRig((store, office) => ({
    isBehind: (effectId) => hasEarlierWork(store.read, effectId, doneInTurn),
    async fetch(input, init) {
      const isWrite = init?.method === 'PUT' || init?.method === 'POST';
      if (Temporal.Instant.compare(office.clock.now(), outage.until) >= 0 || (outage.how !== 'away' && !isWrite)) {
        return fetch(input, init);
      }
      if (outage.how === 'lost') {
        await fetch(input, init);
      }
      throw new DOMException('x', 'TimeoutError');
    },
  }));
  rig.startOutbox();
  return {
    rig,
    works: openWorks(rig),
    goAway(duration, how = 'away') {
      outage.until = rig.office.clock.now().add(duration);
      outage.how = how;
    },
    async say(text) {
      const place = { platform: 'web', conversation: 'team', thread: 'root' } as const;
      const reply = await rig.inbox.say({ id: randomUUID(), person: 'requester', place, text, files: [] });
      expect(reply).toMatchObject({ because: '' });
    },
  };
}

/** What stands in the thread under this key, as it was edited last, and how often it was posted anew. */
function line({ platform }: Rig, key: string): { text: string; posts: number } {
  const shown = platform.arrived.filter((message) => message.key.endsWith(`/${key}`));
  return {
    text: shown.at(-1)?.content.text ?? '',
    posts: shown.filter(({ platformId }) => platformId === null).length,
  };
}

interface Audit {
  events: { type: string; field_name?: string; value?: string }[];
}

/** What was changed at the desk since it was opened, oldest first. */
async function changes({ office }: Rig): Promise<string[]> {
  const { body } = await office.simulated.call('GET', 'tickets/1/audits');
  const events = (body.audits as Audit[]).slice(1).flatMap((audit) => audit.events);
  return events
    .filter(({ field_name: field, type }) => type === 'Change' && (field === 'status' || field === 'priority'))
    .map(({ field_name: field, value }) => `${field} ${value}`);
}

async function ticketOf({ office }: Rig) {
  const [ticket] = (await office.simulated.world()).tickets as unknown as {
    status: string;
    priority: string;
    comments: { body: string }[];
  }[];
  return ticket;
}

const wishes: [string, string[], string, string, string][] = [
  ['the severity is changed', [], 'severity high: one app answers again', 'priority high', 'Open'],
  ['it is marked as solved', [], 'solved', 'status solved', 'Solved'],
  ['it is opened again', ['solved'], 'reopen', 'status open', 'Open'],
];

describe('a desk that is away for an hour', { timeout: 60_000 }, () => {
  it.each(wishes)('while %s', async (_what, before, wish, change, status) => {
    const { goAway, rig, say, works } = await openScene();
    for (const text of before) {
      await say(text);
      await works.pass({ minutes: 1 });
    }
    await rig.move({ move: 'status', status: before.length === 0 ? 'open' : 'solved' });
    await expect.poll(() => cardOf(rig)['status'], soon).toBe(before.length === 0 ? 'Open' : 'Solved');
    const known = await changes(rig);
    const shown = cardOf(rig);

    goAway({ hours: 1 });
    await say(wish);
    await works.pass({ minutes: 30 });
    await expect.poll(() => line(rig, 'away-change-ticket').text, soon).toMatch(/^The change is not at the desk yet: /);
    const away = line(rig, 'away-change-ticket');
    expect(away.text).toMatch(/I try again in \d+ minutes, for a day at most; nothing is lost\.$/);
    expect(away.posts).toBe(1);
    expect(cardOf(rig)).toMatchObject({ status: shown['status'], severity: shown['severity'] });
    expect(await changes(rig)).toEqual(known);
    await works.pass({ minutes: 40 });

    expect(await changes(rig)).toEqual([...known, change]);
    await expect.poll(() => line(rig, 'away-change-ticket').text, soon).toBe('The desk answers again.');
    await expect.poll(() => cardOf(rig)['status'], soon).toBe(status);
    await works.pass({ hours: 3 });
    expect(await changes(rig)).toEqual([...known, change]);
  });

  it('gets what was changed twice in the order in which people wanted it', async () => {
    const { goAway, rig, say, works } = await openScene();
    goAway({ hours: 1 });

    await say('solved');
    await works.pass({ minutes: 51 });
    await say('reopen');
    await say('severity low: it was one person only');
    await works.pass({ hours: 1 });

    expect(await changes(rig)).toEqual(['status solved', 'status open', 'priority low']);
    await expect.poll(() => cardOf(rig), soon).toMatchObject({ status: 'Open' });
    expect(String(cardOf(rig)['severity'])).toContain('Low');
  });

  it('gets what was written in the order in which it was written', async () => {
    const { goAway, rig, say, works } = await openScene();
    goAway({ hours: 1 });

    await say('send: All apps are down.');
    await works.pass({ minutes: 50 });
    await say('send: No, only orders is.');
    await works.pass({ minutes: 1 });
    await say('send: And billing.');
    await works.pass({ hours: 1 });

    const { comments = [] } = (await ticketOf(rig)) ?? {};
    expect(comments.slice(1).map(({ body }) => body)).toEqual([
      'All apps are down.',
      'No, only orders is.',
      'And billing.',
    ]);
    await expect.poll(() => line(rig, 'away-send-comment').text, soon).toBe('The desk answers again.');
  });

  it('that took a change and lost its answer is not changed again over what an agent did since', async () => {
    const { goAway, rig, say, works } = await openScene();
    goAway({ minutes: 20 }, 'lost');
    await say('solved');
    await works.pass({ seconds: 1 });
    expect((await ticketOf(rig))?.status).toBe('solved');

    await rig.move({ move: 'status', status: 'open' });
    await expect.poll(() => cardOf(rig)['status'], soon).toBe('Open');
    await works.pass({ hours: 1 });

    expect(await changes(rig)).toEqual(['status solved', 'status open']);
    await expect.poll(() => cardOf(rig)['status'], soon).toBe('Open');
  });

  it('that can be read and takes nothing is not said to be back', async () => {
    const { goAway, rig, say, works } = await openScene();
    goAway({ hours: 1 }, 'read-only');
    await say('solved');
    await works.pass({ minutes: 2 });
    await expect.poll(() => line(rig, 'away-change-ticket').text, soon).toMatch(/not at the desk yet/);

    await rig.move({ move: 'comment', text: 'We are looking.' });

    await expect.poll(() => cardOf(rig)['lastWord'], soon).toBe('We are looking.');
    expect(line(rig, 'away-change-ticket').text).toMatch(/not at the desk yet/);
    await works.pass({ hours: 2 });
    await expect.poll(() => cardOf(rig)['status'], soon).toBe('Solved');
    expect(line(rig, 'away-change-ticket').text).toBe('The desk answers again.');
  });
});

it('two wishes of one moment follow each other, and nobody hears of a wait', async () => {
  const { rig, say, works } = await openScene();

  await say('send: It is orders.');
  await say('solved');
  await works.pass({ minutes: 1 });

  expect(await changes(rig)).toEqual(['status solved']);
  await expect.poll(() => cardOf(rig)['status'], soon).toBe('Solved');
  expect(rig.platform.arrived.filter(({ key }) => key.includes('/away-'))).toEqual([]);
});
