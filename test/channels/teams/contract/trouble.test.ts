import { afterAll, beforeAll, expect, it } from 'vitest';
import { general, group, type House, onCall, openHouse } from './house.ts';
import { type Message, offersIn, waitFor, wordsOf } from './teams-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

it.each(['429', '504'])('a post that Teams refuses with %s goes out in the end, once', async (fault) => {
  const { teams } = house;
  const before = (await teams.written(general)).length;
  await teams.faults([{ match: { method: 'POST', path: encodeURIComponent(general) }, fault, times: 1 }]);

  const { conversation } = await teams.say('requester', 'connect mendix-prod to hub-vnet for app orders', {
    in: general,
  });

  await teams.heard('the form', offersIn(conversation, 'connect-continue'));
  expect(await teams.written(general)).toHaveLength(before + 1);
});

it('an edit that Teams refuses goes out in the end', async () => {
  const { teams } = house;
  const { conversation } = await teams.say('requester', 'connect mendix-prod to hub-vnet for app orders', {
    in: general,
  });
  const form = await teams.heard('the form', offersIn(conversation, 'connect-continue'));
  await teams.faults([{ match: { method: 'PUT', path: form.id }, fault: '502', times: 1 }]);

  await teams.press('requester', form, 'connect-continue');

  await teams.heard('the method', offersIn(conversation, 'use-peering'));
});

it('a post whose answer was lost stands there twice; the unknown copy works when it is clicked, and both stay in step', async () => {
  const { teams } = house;
  await teams.faults([{ match: { method: 'POST', path: encodeURIComponent(group) }, fault: 'drop-answer', times: 1 }]);
  await teams.say('requester', 'connect mendix-acc to hub-vnet for app orders', { in: group });
  const [copy] = await waitFor('both copies', async () => {
    const written = await teams.written(group);
    return written.length === 2 && written.every(offersIn(group, 'cancel')) ? written : undefined;
  });

  const answer = await teams.press('requester', copy as Message, 'cancel');

  expect(answer.body?.statusCode).toBe(200);
  await waitFor('both to say that it is over', async () => {
    const written = await teams.written(group);
    return written.every(({ summary }) => summary?.startsWith('Cancelled') === true) ? written : undefined;
  });
});

it('a case goes on after a restart, in the conversations that were known before', async () => {
  const { teams } = house;
  await teams.say('approver-1', 'connect mendix-acc to hub-vnet for app orders');
  const chat = await teams.chatOf('approver-1');
  const form = await teams.heard('the form', offersIn(chat, 'connect-continue'));

  await house.restart();
  await teams.press('approver-1', form, 'connect-continue');

  const method = await teams.heard('the method', offersIn(chat, 'use-peering'));
  expect(method.id).toBe(form.id);
  await teams.press('approver-1', method, 'use-peering');
  const plan = await teams.heard('the plan', offersIn(chat, 'ask-approval'));
  const asked = (await teams.written(onCall)).length;
  await teams.press('approver-1', plan, 'ask-approval');
  const approval = await waitFor('the approval', async () => (await teams.written(onCall))[asked]);
  expect(wordsOf(approval)).toContain('Anna Approver asks for approval');
});

it('a conversation that threw the bot out is told to an administrator', async () => {
  const { teams } = house;
  const chat = await teams.chatOf('admin');
  const { conversation } = await teams.say('requester', 'connect mendix-prod to hub-vnet for app orders', {
    in: general,
  });
  const form = await teams.heard('the form', offersIn(conversation, 'connect-continue'));
  await teams.faults([{ match: { method: 'PUT', path: form.id }, fault: 'blocked', times: 9 }]);

  await teams.press('requester', form, 'connect-continue');

  const told = await teams.heard('the word to the administrator', (message) => message.conversation.id === chat);
  expect(wordsOf(told)).toContain(general);
});
