/** “send …” without a colon: to the desk where it can mean nothing else, else a question with a button. */
import { describe, expect, it } from 'vitest';
import type { SaidMessage } from '../../src/conversation/inbox.ts';
import { atTicket, type Case, effectsOf, messageOf, messages, team } from './cases.ts';

function say(the: Case, text: string, more: Pick<SaidMessage, 'addressed'> = {}): void {
  the.happen({ type: 'said', person: 'rosa', place: team, text, files: [], ...more });
}

function sent(the: Case): string[] {
  return effectsOf(the.last, 'send-comment').map(({ body }) => body);
}

describe('“send …” without a colon', () => {
  it.each([
    ['send please restart it', 'please restart it'],
    ['Reply yes, since 8', 'yes, since 8'],
    ['send all apps are down', null],
    ['send me the logs, please', null],
    ['reply is slow', null],
    ['send the plan around', null],
  ])('“%s”, said to the bot, sends %s', (text, words) => {
    const the = atTicket();

    say(the, text);

    expect(sent(the)).toEqual(words === null ? [] : [words]);
    expect(messages(the.last).some(({ onlyFor }) => onlyFor === 'rosa')).toBe(words === null);
  });

  it('that was not said to the bot is asked back, for whoever wrote it alone, and sent by the button', () => {
    const the = atTicket();

    say(the, 'send please restart it, password=hunter2', { addressed: false });

    expect(sent(the)).toEqual([]);
    const question = messageOf(the.last, 'ticket-form');
    expect(question).toMatchObject({ onlyFor: 'rosa', verbs: ['send-asked'] });
    expect(question.content.text).toContain('“please restart it');
    expect(JSON.stringify(the.last)).not.toContain('hunter2');
    the.click('rosa', 'send-asked', {}, { message: question.message });
    expect(sent(the)).toEqual([expect.stringContaining('please restart it')]);
    the.click('rosa', 'send-asked', {}, { message: question.message });
    expect(sent(the)).toEqual([]);
  });

  it('goes out by “send it”, and only what this person wrote last', () => {
    const the = atTicket();
    say(the, 'send me the first one');
    const first = messageOf(the.last, 'ticket-form').message;
    say(the, 'send the second one');

    the.click('rosa', 'send-asked', {}, { message: first });
    expect(the.last.reply.outcome).toBe('stale');
    the.say('sam', 'send it');
    expect(the.last.reply).toMatchObject({ outcome: 'invalid', because: expect.stringContaining('“send: …”') });
    the.say('rosa', 'send it');

    expect(sent(the)).toEqual(['the second one']);
  });

  it('is no matter of the desk as long as there is no ticket', () => {
    const the = atTicket();
    the.happen({
      type: 'ticket-read',
      ticket: { id: 12, subject: 's', url: 'https://desk', status: 'deleted', updatedAt: '2026-03-02T10:00:00Z' },
      comments: [],
    });

    say(the, 'send please restart it');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('deleted') });
  });
});
