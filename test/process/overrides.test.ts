/** "I see it differently" through the whole bot: over HTTP, into the table, the audit, the ticket and the list. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasButton, linesOf } from '../../src/demo/card.ts';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const reason = 'only the nightly batch is down';

async function pressed(verb: string, inputs: Record<string, string> = {}): Promise<string> {
  const card = await house.chat.waitFor('requester', 'team', `the button ${verb}`, (message) =>
    hasButton(message.card, verb),
  );
  return (await house.chat.press('requester', 'team', card, verb, inputs)).outcome;
}

function listOf(message: ChatMessage): boolean {
  return message.card !== null && linesOf(message.card).some((line) => line.includes(reason));
}

it('a verdict is lowered with a reason, which reaches the ticket and the list of the support lead', async () => {
  await house.chat.say('requester', 'team', 'prod is down since 8, recovery button did nothing, pls help');
  expect(await pressed('triage-continue', { faultLocation: 'unknown' })).toBe('done');
  expect(await pressed('differ')).toBe('done');
  expect(await pressed('override', { scope: 'supported', severity: 'high', reason: '' })).toBe('invalid');
  expect(await pressed('override', { scope: 'supported', severity: 'high', reason })).toBe('done');
  expect(await pressed('preview-ticket')).toBe('done');
  const preview = await house.chat.waitFor('requester', 'team', 'the preview', (message) =>
    hasButton(message.card, 'open-ticket'),
  );
  expect(linesOf(preview.card)).toContain('Severity: High (by the rules: Critical)');
  await house.chat.press('requester', 'team', preview, 'open-ticket', {
    subject: 'Production: the batch is down',
    body: `Changed: Critical → High, because ${reason}`,
  });
  await expect.poll(async () => (await house.world.tickets()).map((ticket) => ticket.priority)).toContain('high');

  await house.chat.say('agent', 'support', 'overrides');
  const list = await house.chat.waitFor('agent', 'support', 'the list', listOf);

  const lines = linesOf(list.card);
  expect(lines).toEqual(expect.arrayContaining(['Critical → High', `“${reason}”`]));
  expect(lines.some((line) => /Rosa Requester · ticket \d+ · rules of version [0-9a-f]{12}$/.test(line))).toBe(true);
  const others = await house.chat.read('requester', 'support');
  expect(others.filter(listOf)).toEqual([]);
});
