import { describe, expect, it } from 'vitest';
import type { TicketComment, TicketSnapshot, TicketStatus } from '../../src/flows/event.ts';
import {
  atTicket,
  cardOf,
  type Case,
  effectsOf,
  messageOf,
  messages,
  snapshot,
  supportAt,
  supportRoom,
  team,
} from './cases.ts';

function read(the: Case, changes: Partial<TicketSnapshot> = {}, comments: TicketComment[] = []): void {
  const updatedAt = Temporal.Instant.from(the.at).add({ seconds: the.revision }).toString();
  the.happen({ type: 'ticket-read', ticket: { ...snapshot, updatedAt, ...changes }, comments });
}

function comment(id: number, body: string, fromDesk = true): TicketComment {
  return { id, author: 'Robin', fromDesk, body, createdAt: '2026-03-02T09:05:00Z' };
}

function textsOf(the: Case): string[] {
  return messages(the.last).flatMap((message) => (message.content.card === null ? [message.content.text] : []));
}

describe('an open ticket', () => {
  it('has a card in the thread and one in the support channel, with the clock', () => {
    const { last } = atTicket();

    expect(messageOf(last, 'support').to).toEqual(team);
    expect(messageOf(last, 'ticket').to).toEqual(supportRoom);
    expect(cardOf(last, 'ticket')).toMatchObject({
      number: '12',
      status: 'Open',
      severity: 'Critical',
      clock: 'First answer due Mon 2 Mar 12:00 (Europe/Amsterdam). 2 h of office time left as of Mon 10:00.',
    });
    expect(last.projections).toMatchObject([{ type: 'ticket-known', ticketId: 12, status: 'new' }]);
  });

  it('is read again when the desk hints at a change', () => {
    const the = atTicket();

    the.happen({ type: 'ticket-hinted', ticketId: 12 });

    expect(effectsOf(the.last, 'read-ticket')).toEqual([{ kind: 'read', type: 'read-ticket', ticketId: 12 }]);
  });

  it('takes nothing from another ticket', () => {
    const the = atTicket();

    the.happen({ type: 'ticket-hinted', ticketId: 13 });
    read(the, { id: 13, status: 'solved' });
    the.happen({ type: 'timer', name: 'response-due', about: '13' });

    expect(the.last.effects).toEqual([]);
    expect(supportAt(the, 'open').ticket.snapshot.status).toBe('new');
  });

  it('shows each public answer of the desk once, with its author', () => {
    const the = atTicket();

    read(the, {}, [comment(1, 'our own words', false), comment(2, 'We are looking.')]);
    expect(messageOf(the.last, 'comment')).toMatchObject({
      message: 'comment-2',
      to: team,
      content: { text: 'We are looking.', speaker: 'Robin (support)' },
    });
    expect(cardOf(the.last, 'ticket')).toMatchObject({
      lastWord: 'We are looking.',
      clock:
        'The desk answered Mon 2 Mar 10:05 (Europe/Amsterdam), in time: 1 h 55 min of office time before it was due.',
    });
    read(the, {}, [comment(2, 'We are looking.'), comment(3, 'Found it.')]);

    expect(textsOf(the)).toEqual(['Found it.']);
  });

  it.each<[TicketStatus, string, RegExp | null]>([
    ['pending', 'Awaiting your reply', /awaiting your reply/],
    ['hold', 'On Hold', null],
    ['open', 'Open', null],
    ['solved', 'Solved', /^Ticket 12 is solved\. If something is still wrong, press “Reopen”/],
    ['closed', 'Solved (closed; a reply needs a follow-up ticket)', null],
    ['deleted', 'Deleted at the desk', /deleted at the desk/],
  ])('that is %s shows “%s”, and speaks up only when somebody must act or it is over', (status, word, said) => {
    const the = atTicket();

    read(the, { status });

    expect(cardOf(the.last, 'ticket').status).toBe(word);
    expect(textsOf(the)).toEqual(said === null ? [] : [expect.stringMatching(said)]);
    expect(messages(the.last).flatMap((message) => message.mention)).toEqual(said === null ? [] : ['rosa']);
  });

  it('that waits for us says whose answer is missing, where the status stands', () => {
    const the = atTicket();

    read(the, { status: 'pending' });

    expect(cardOf(the.last, 'ticket')).toMatchObject({
      asked: 'The desk is waiting for an answer from Rosa Requester.',
      replyLabel: 'Reply to the desk',
    });
  });

  it('says nothing twice about the same status', () => {
    const the = atTicket();
    read(the, { status: 'pending' });

    read(the, { status: 'pending' });

    expect(textsOf(the)).toEqual([]);
  });

  it('ignores an older reading, but not the comments in it', () => {
    const the = atTicket();
    read(the, { status: 'solved' });

    read(the, { status: 'open', updatedAt: '2026-03-02T08:00:00Z' }, [comment(7, 'Done.')]);

    expect(supportAt(the, 'open').ticket.snapshot.status).toBe('solved');
    expect(textsOf(the)).toEqual(['Done.']);
  });
});

describe('talking to the desk', () => {
  it('sends what was written, shows the room what was sent, and keeps each reply apart', () => {
    const the = atTicket();

    the.click('rosa', 'send-reply', { reply: ' All apps. ' });
    expect(messageOf(the.last, 'reply')).toMatchObject({
      content: { text: 'All apps.', speaker: 'Rosa Requester → support' },
    });
    const [first] = effectsOf(the.last, 'send-comment');
    the.click('rosa', 'send-reply', { reply: 'All apps.' });
    const [second] = effectsOf(the.last, 'send-comment');

    expect(first).toMatchObject({ ticketId: 12, body: 'All apps.', author: { email: 'rosa@example.com' } });
    expect(second?.commentKey).not.toBe(first?.commentKey);
    expect(messageOf(the.last, 'reply').message).toBe('reply-2');
  });

  it('takes secrets out first', () => {
    const the = atTicket();

    the.click('rosa', 'send-reply', { reply: 'use password: hunter2 please' });

    expect(JSON.stringify(the.last)).not.toContain('hunter2');
  });

  it('wants words', () => {
    const the = atTicket();

    the.click('rosa', 'send-reply', { reply: '  ' });

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input: 'reply' }] });
    expect(the.last.effects).toEqual([]);
  });

  it('is for everybody with a role, also on a card that was renewed meanwhile', () => {
    const the = atTicket();

    the.click('sam', 'send-reply', { reply: 'Same here.' }, { stale: true });
    expect(effectsOf(the.last, 'send-comment')).toMatchObject([{ author: { name: 'Sam Support' } }]);
    the.click('otto', 'send-reply', { reply: 'Me too.' });

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('Ask Ada Admin') });
  });

  it('keeps what is said in the room in the room', () => {
    const the = atTicket();

    the.say('rosa', 'looks better now');
    expect(the.last.effects).toEqual([]);
    the.say('rosa', 'Send me the logs, please');

    expect(effectsOf(the.last, 'send-comment')).toEqual([]);
    expect(messageOf(the.last, 'ticket-form')).toMatchObject({
      onlyFor: 'rosa',
      content: { text: expect.stringContaining('stayed in the room') },
    });
  });

  it.each([
    ['solved', 'solved'],
    ['reopen', 'open'],
  ])('“%s” asks the desk to set it to %s', (words, status) => {
    const the = atTicket();

    the.say('rosa', words);

    expect(effectsOf(the.last, 'change-ticket')).toMatchObject([{ ticketId: 12, status }]);
  });

  it.each<[TicketStatus, string]>([
    ['closed', '“follow up: …”'],
    ['deleted', 'new message'],
  ])('a ticket that is %s takes nothing more, and says what to do', (status, way) => {
    const the = atTicket();
    read(the, { status });

    the.say('rosa', 'send: hello?');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining(way) });
    expect(messageOf(the.last, 'answer').onlyFor).toBe('rosa');
  });

  it('follows the desk after a reply was sent', () => {
    const the = atTicket();
    read(the, { status: 'pending' });
    the.click('rosa', 'send-reply', { reply: 'All apps.' });

    the.happen({
      type: 'comment-sent',
      ticket: { ...snapshot, status: 'open', updatedAt: '2026-03-02T10:00:00Z' },
      commentKey: 'C-1/reply-1',
    });

    expect(cardOf(the.last, 'ticket').status).toBe('Open');
    expect(textsOf(the)).toEqual([]);
  });

  it.each([
    ['send-comment', 'did not reach ticket 12'],
    ['change-ticket', 'could not change ticket 12'],
  ])('says when %s failed, and where it can still be done', (of, text) => {
    const the = atTicket();

    the.happen({ type: 'effect-failed', effect: 'C-1/9/0', of, because: 'The desk did not answer.' });

    expect(textsOf(the)).toEqual([expect.stringContaining(text)]);
    expect(textsOf(the)[0]).toContain(snapshot.url);
  });
});
