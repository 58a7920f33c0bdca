import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../support/runs.ts';
import { openHouse } from './house.ts';
import {
  closed,
  command,
  directMessage,
  mention,
  messageShortcut,
  press,
  shortcut,
  submission,
  suggestion,
} from './payloads.ts';

const form = { verb: 'open-ticket', token: 'x', values: { subject: { type: 'plain_text_input', value: 'x' } } };

const samples: readonly (() => object)[] = [
  () => mention('help'),
  () => directMessage('help'),
  () => press({ verb: 'approve', value: 'x' }),
  () => submission(form),
  () => closed(form),
  () => suggestion(form, 'network', 'hub'),
  () => messageShortcut('it is down'),
  () => shortcut('connect'),
  () => command('help'),
];

const anything = fc.oneof(
  fc.constantFrom(null, true, 0, -1, '', 'x', '__proto__', [], {}, [null], { id: null }, { toString: null }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Puts something else into one place of a payload, found by walking along `path`. */
function spoil(payload: object, path: readonly number[], value: unknown): unknown {
  const [step = 0, ...rest] = path;
  const keys = Object.keys(payload);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) {
    return value;
  }
  const child = (payload as Record<string, unknown>)[key];
  const isDeeper = rest.length > 0 && typeof child === 'object' && child !== null;
  const spoiled = isDeeper ? spoil(child, rest, value) : value;
  return Array.isArray(payload)
    ? payload.map((entry: unknown, index) => (String(index) === key ? spoiled : entry))
    : { ...payload, [key]: spoiled };
}

describe('whatever Slack signs', () => {
  it('is answered at once, by 200 or a refusal, and the process lives on', async () => {
    const house = await openHouse();
    const spoiled = fc.record({
      sample: fc.nat(samples.length - 1),
      path: fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
      value: anything,
      asForm: fc.boolean(),
    });

    await fc.assert(
      fc.asyncProperty(spoiled, async ({ asForm, path, sample, value }) => {
        const payload = spoil(samples[sample]?.() ?? {}, path, value);
        const body = JSON.stringify(payload);
        const { status } = await (asForm ? house.form({ payload: body }) : house.send(body));
        expect([200, 400, 403]).toContain(status);
      }),
      runs(60, 600),
    );

    expect(house.logged.filter((line) => line.includes('in time') || line.includes('A request failed'))).toEqual([]);
    expect((await house.json(mention('help'))).status).toBe(200);
  });

  it('is answered as a form of any fields', async () => {
    const house = await openHouse();

    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 40 })), async (fields) => {
        const { status } = await house.form({ ...command('help'), ...fields });
        expect([200, 400, 403]).toContain(status);
      }),
      runs(25, 250),
    );

    expect(house.logged.filter((line) => line.includes('in time') || line.includes('A request failed'))).toEqual([]);
  });
});
