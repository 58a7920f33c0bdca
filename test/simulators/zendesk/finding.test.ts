import { describe, expect, it } from 'vitest';
import { asAgent, openDesk, printerOnFire, startClock } from './desk.ts';

describe('searching', () => {
  it('finds a ticket a minute after it was made, while the look-up knows it at once', async () => {
    const clock = startClock();
    const desk = await openDesk({ now: clock.now });
    await desk.call('POST', 'tickets', printerOnFire);
    const query = 'search?query=type:ticket external_id:"case-7" status<solved';

    const early = await desk.call('GET', query);
    const lookedUp = await desk.call('GET', 'tickets?external_id=case-7');
    clock.pass({ seconds: 60 });
    const late = await desk.call('GET', query);

    expect(early.body.results).toEqual([]);
    expect(lookedUp.body.tickets).toHaveLength(1);
    expect(late.body.results).toMatchObject([{ id: 1, result_type: 'ticket' }]);
  });

  it.each([
    ['printer', []],
    ['prod down', [1]],
    ['tags:causeway priority:urgent', [1]],
    ['requester:requester@example.com', [1]],
    ['requester:admin@example.com', []],
    ['status:solved', []],
    ['status>open', []],
  ])('by %s finds %j', async (query, ids) => {
    const desk = await openDesk();
    await desk.control('settings', { searchDelaySeconds: 0 });
    await desk.call('POST', 'tickets', printerOnFire);

    const { body } = await desk.call('GET', `search?query=${encodeURIComponent(query)}`);

    expect(body.results.map(({ id }) => id)).toEqual(ids);
  });
});

describe('the incremental export', () => {
  it('gives what changed, deleted tickets too, but not the last minute, and goes on by its cursor', async () => {
    const clock = startClock();
    const desk = await openDesk({ now: clock.now });
    const since = Math.floor(clock.now().epochMilliseconds / 1000) - 120;
    await desk.call('POST', 'tickets', printerOnFire);
    await desk.call('POST', 'tickets', printerOnFire);
    await desk.call('DELETE', 'tickets/2');

    const fresh = await desk.call('GET', `incremental/tickets/cursor?start_time=${since}`);
    clock.pass({ seconds: 61 });
    const first = await desk.call('GET', `incremental/tickets/cursor?start_time=${since}&per_page=1`);
    const second = await desk.call('GET', `incremental/tickets/cursor?cursor=${first.body.after_cursor}`);
    const none = await desk.call('GET', `incremental/tickets/cursor?cursor=${second.body.after_cursor}`);

    expect(fresh.body).toMatchObject({ tickets: [], end_of_stream: true });
    expect(first.body).toMatchObject({ tickets: [{ id: 1 }], end_of_stream: false });
    expect(second.body).toMatchObject({ tickets: [{ id: 2, status: 'deleted' }], end_of_stream: true });
    expect(none.body).toMatchObject({ tickets: [], after_cursor: second.body.after_cursor });
  });

  it('is for admins, needs a start in the past, and answers ten times a minute', async () => {
    const clock = startClock();
    const desk = await openDesk({ now: clock.now });
    const now = Math.floor(clock.now().epochMilliseconds / 1000);

    expect((await desk.call('GET', 'incremental/tickets/cursor?start_time=1', undefined, asAgent)).status).toBe(403);
    expect((await desk.call('GET', `incremental/tickets/cursor?start_time=${now}`)).status).toBe(422);
    expect((await desk.call('GET', 'incremental/tickets/cursor')).status).toBe(400);
    for (let asked = 0; asked < 7; asked += 1) {
      await desk.call('GET', 'incremental/tickets/cursor?start_time=1');
    }
    const tooMany = await desk.call('GET', 'incremental/tickets/cursor?start_time=1');
    expect([tooMany.status, tooMany.headers.get('retry-after')]).toEqual([429, '60']);
  });
});

describe('rate limits', () => {
  it('refuse what goes beyond the plan until the minute is over, and say how much is left', async () => {
    const clock = startClock();
    const desk = await openDesk({ now: clock.now });
    await desk.control('settings', { requestsPerMinute: 2 });

    const first = await desk.call('GET', 'users/me');
    clock.pass({ seconds: 20 });
    await desk.call('GET', 'users/me');
    const third = await desk.call('GET', 'users/me');
    clock.pass({ seconds: 40 });
    const later = await desk.call('GET', 'users/me');

    expect([first.headers.get('x-rate-limit'), first.headers.get('x-rate-limit-remaining')]).toEqual(['2', '1']);
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '40']);
    expect(later.status).toBe(200);
  });

  it('refuse the 31st update of one ticket by one user within ten minutes, and do nothing of it', async () => {
    const clock = startClock();
    const desk = await openDesk({ now: clock.now });
    await desk.call('POST', 'tickets', printerOnFire);
    const comment = { ticket: { comment: { body: 'again' } } };
    for (let sent = 0; sent < 30; sent += 1) {
      await desk.call('PUT', 'tickets/1', comment);
    }

    const refused = await desk.call('PUT', 'tickets/1', comment);
    const byAnother = await desk.call('PUT', 'tickets/1', comment, asAgent);

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600']);
    expect(byAnother.status).toBe(200);
    expect((await desk.call('GET', 'tickets/1/comments')).body.comments).toHaveLength(32);
  });
});
