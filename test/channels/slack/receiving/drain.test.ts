import { describe, expect, it } from 'vitest';
import { openHouse, until } from './house.ts';
import { command, mention, press } from './payloads.ts';

const done = { outcome: 'done' as const, because: '', errors: [] };

describe('at the end', () => {
  it('what is under way gets its answer, and nothing new is taken', async () => {
    const house = await openHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => done));
    const underWay = house.json(mention('help'));
    await until(() => house.said.length === 1);

    const stopping = house.receiving.stop();
    const late = [
      await house.json(mention('connect')),
      await house.form(command('connect')),
      await house.interact(press({ verb: 'approve', value: 'x' })),
    ];
    resolve();
    await stopping;

    expect((await underWay).status).toBe(200);
    // Slack sends events again, to whoever is there by then.
    expect(late.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(house.said).toHaveLength(1);
    expect(house.clicked).toEqual([]);
  });

  it('still refuses what Slack did not sign', async () => {
    const house = await openHouse();
    await house.receiving.stop();

    expect((await house.json(mention('help'), { secret: 'another' })).status).toBe(401);
  });

  it('waits for words that are on their way to somebody', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const house = await openHouse({ out: { tell: () => promise } });
    house.answerWith({ outcome: 'refused', because: 'No.', errors: [] });
    await house.interact(press({ verb: 'approve', value: 'x' }));
    let isOver = false;

    const stopping = house.receiving.stop().then(() => {
      isOver = true;
    });
    await new Promise((next) => {
      setTimeout(next, 50);
    });
    expect(isOver).toBe(false);
    resolve();

    await stopping;
    expect(isOver).toBe(true);
  });

  it('lets work finish whose answer went out long ago', async () => {
    const house = await openHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'refused', because: 'Not you.', errors: [] })));
    const { status } = await house.interact(press({ verb: 'approve', value: 'x' }));

    const stopping = house.receiving.stop();
    resolve();
    await stopping;

    expect(status).toBe(200);
    expect(house.told.map(({ text }) => text)).toEqual(['Not you.']);
  });
});

describe('readiness', () => {
  it('waits until Slack has said where the app is installed', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const installation = { teamId: 'T0CAUSEWAY', botUserId: 'U0CAUSEWAY', botId: 'B0CAUSEWAY' };
    const house = await openHouse({ out: { installation: () => promise.then(() => installation) } });

    expect((await fetch(`${house.origin}/readyz`)).status).toBe(503);
    resolve();

    await until(async () => (await fetch(`${house.origin}/readyz`)).status === 200);
  });
});
