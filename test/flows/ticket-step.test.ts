/** What the desk does to a ticket and what it says, told truly in the thread and on the card. */
import { describe, expect, it } from 'vitest';
import { atTicket, cardOf, type Case, effectsOf, messageOf, messages, snapshot, supportAt } from './cases.ts';
import { lines, read, said, statusOf } from './ticket-cases.ts';

describe('what is said at the desk', () => {
  it('comes with the names, sizes and links of its files', () => {
    const the = atTicket();
    const link = 'https://desk.example.com/attachments/token/abc/?name=error.log';
    const attachments = [
      { name: 'error.log', size: 12_288, link, malware: false },
      { name: 'tool.exe', size: 3_565_158, link: null, malware: true },
      { name: 'gone.txt', size: 5, link: null, malware: false },
    ];

    read(the, {}, [said(2, 'See the log.', { attachments })]);

    expect(messageOf(the.last, 'comment').content.text.split('\n')).toEqual([
      'See the log.',
      '',
      `Attached: error.log (12 KB): ${link}`,
      'Attached: tool.exe (3.4 MB). The desk found malware in it, so there is no link here.',
      'Attached: gone.txt (5 bytes). It was taken away at the desk.',
    ]);
  });

  it('by e-mail or in the portal, from our side, is shown as ours and stops no clock', () => {
    const the = atTicket();

    read(the, {}, [said(3, 'More of it.', { author: 'Rosa Requester', fromDesk: false, byOtherWay: true })]);

    expect(messageOf(the.last, 'comment').content.speaker).toBe('Rosa Requester (from our side, at the desk)');
    expect(cardOf(the.last, 'ticket')).toMatchObject({ lastWord: '', clock: expect.stringContaining('left') });
  });

  it('is not shown again when it was written here', () => {
    const the = atTicket();

    read(the, {}, [said(4, 'All apps.', { fromDesk: false, byOtherWay: false })]);

    expect(lines(the)).toEqual([]);
  });

  it.each([
    ['redacted', 'The password is ▇▇▇▇', 'The password is ▇▇▇▇\n(Redacted at the desk.)'],
    ['changed', 'The password is yours', 'The password is yours\n(Changed at the desk.)'],
  ])('is %s here as well, once, and what it said is gone', (_how, body, shown) => {
    const the = atTicket();
    read(the, {}, [said(2, 'The password is hunter2')]);

    read(the, {}, [said(2, body)]);
    expect(messageOf(the.last, 'comment').message).toBe('comment-2');
    expect(lines(the)).toEqual([shown]);
    expect(JSON.stringify(the.state)).not.toContain('hunter2');
    expect(cardOf(the.last, 'ticket').lastWord).toBe(shown);
    read(the, {}, [said(2, body)]);

    expect(lines(the)).toEqual([]);
  });

  it('is withdrawn here when it is withdrawn at the desk, and comes back', () => {
    const the = atTicket();
    read(the, {}, [said(2, 'Secret plan.'), said(3, 'Ok.')]);

    read(the, {}, [said(3, 'Ok.')]);
    expect(lines(the)).toEqual(['This was withdrawn at the desk.']);
    expect(messageOf(the.last, 'comment').content.speaker).toBe('Robin (support)');
    read(the, {}, [said(2, 'Secret plan.'), said(3, 'Ok.')]);

    expect(lines(the)).toEqual(['Secret plan.']);
  });

  it.each([
    ['that is older', { updatedAt: '2026-03-02T09:00:40Z' }, true],
    ['without comments', {}, false],
    ['of the same second as the comment', { updatedAt: '2026-03-02T09:00:30Z' }, true],
  ])('is not taken back by a reading %s', (_what, changes, complete) => {
    const the = atTicket();
    const early = { updatedAt: 'updatedAt' in changes ? changes.updatedAt : '2026-03-02T09:00:31Z' };
    read(the, _what === 'that is older' ? {} : early, [said(2, 'We are looking.')]);

    read(the, changes, [], complete);

    expect(lines(the)).toEqual([]);
  });
});

describe('where the ticket stands', () => {
  it('shows the desk’s own word beside the policy’s', () => {
    const the = atTicket();

    read(the, { status: 'hold', label: 'Waiting for Microsoft' });
    expect(statusOf(the)).toBe('On Hold (Waiting for Microsoft)');
    read(the, { status: 'open', label: 'Open' });

    expect(statusOf(the)).toBe('Open');
  });

  it.each([
    ['solved', 'open', 'Ticket 12 is open again.'],
    ['solved', 'hold', 'Ticket 12 is open again.'],
    ['deleted', 'open', 'Ticket 12 was brought back at the desk.'],
  ] as const)('says that it is back: from %s to %s', (before, after, line) => {
    const the = atTicket();
    read(the, { status: before });

    read(the, { status: after });

    expect(lines(the)).toEqual([line]);
    expect(messages(the.last).flatMap(({ mention }) => mention)).toEqual([]);
  });

  it('keeps its name and link when it is deleted', () => {
    const the = atTicket();

    read(the, { status: 'deleted', subject: '', url: 'https://desk.example.com/hc/requests/12' });

    expect(cardOf(the.last, 'ticket')).toMatchObject({ number: '12', url: snapshot.url });
    expect(messageOf(the.last, 'support').verbs).toEqual([]);
  });

  it('tells of another severity, and of the time that it gives', () => {
    const the = atTicket();

    read(the, { priority: 'high' });

    expect(lines(the)).toEqual([
      expect.stringMatching(
        /^The desk changed the severity of ticket 12 from Critical to High\. First answer due .*office time left/,
      ),
    ]);
    expect(cardOf(the.last, 'ticket').severity).toBe('High (changed by the desk)');
    expect(effectsOf(the.last, 'timer').map(({ name }) => name)).toEqual(['response-warning', 'response-due']);
  });

  it('tells of another severity without a time when the desk has answered', () => {
    const the = atTicket();
    read(the, {}, [said(1, 'We are looking.')]);

    read(the, { priority: 'high' }, [said(1, 'We are looking.')]);

    expect(lines(the)).toEqual(['The desk changed the severity of ticket 12 from Critical to High.']);
  });
});

describe('a ticket that is merged at the desk', () => {
  function merged(): Case {
    const the = atTicket();
    read(the, { status: 'closed', mergedInto: 13 });
    return the;
  }

  it('says into which, and that one is read', () => {
    const the = merged();

    expect(statusOf(the)).toBe('Merged into ticket 13');
    expect(lines(the)).toEqual(['Ticket 12 was merged at the desk into ticket 13. I follow that one from here on.']);
    expect(effectsOf(the.last, 'read-ticket')).toMatchObject([{ ticketId: 13 }]);
    expect(messageOf(the.last, 'support').verbs).toEqual([]);
  });

  it('goes on as that one: its answers from then on, its status, its clock', () => {
    const the = merged();
    const theirs = said(70, 'Words of somebody else.');
    const ours = said(71, 'Both are mended.', { createdAt: '2026-03-02T09:05:00Z' });
    read(the, { id: 13, status: 'pending' }, [theirs, ours]);

    expect(lines(the)).toEqual(['Both are mended.', expect.stringContaining('Ticket 13 is awaiting your reply')]);
    expect(cardOf(the.last, 'ticket')).toMatchObject({
      number: '13',
      notes: expect.arrayContaining(['Goes on from ticket 12.']) as unknown,
    });
    expect(the.last.projections).toMatchObject([{ type: 'ticket-known', ticketId: 13, status: 'pending' }]);
    the.click('rosa', 'send-reply', { reply: 'Thank you.' });
    expect(effectsOf(the.last, 'send-comment')).toMatchObject([{ ticketId: 13 }]);
    the.happen({ type: 'ticket-hinted', ticketId: 12 });

    expect(the.last.effects).toEqual([]);
  });

  it('leaves what was shown of the first one as it is, since nobody has withdrawn it', () => {
    const the = atTicket();
    read(the, {}, [said(2, 'We are looking.')]);
    the.later(1);
    read(the, { status: 'closed', mergedInto: 13 }, [said(2, 'We are looking.')]);

    read(the, { id: 13, status: 'open', updatedAt: '2026-03-02T12:00:00Z' });
    expect(lines(the)).toEqual([]);
    read(the, { id: 13, status: 'open', updatedAt: '2026-03-02T12:05:00Z' });

    expect(lines(the)).toEqual([]);
    expect(cardOf(the.last, 'ticket').lastWord).toBe('We are looking.');
  });

  it('stays where it is when that one cannot be read', () => {
    const the = merged();

    read(the, { id: 13, status: 'deleted', subject: '' });

    expect(supportAt(the, 'open').ticket.snapshot.id).toBe(12);
    the.say('rosa', 'send: hello?');
    expect(the.last.reply.because).toContain('goes on in ticket 13');
  });

  it('does not run in circles', () => {
    const the = merged();
    read(the, { id: 13, status: 'open' });

    read(the, { id: 13, status: 'closed', mergedInto: 12 });

    expect(effectsOf(the.last, 'read-ticket')).toEqual([]);
  });

  it('still rings when its first answer is due', () => {
    const the = merged();
    read(the, { id: 13, status: 'open' });
    the.later(130);

    the.happen({ type: 'timer', name: 'response-due', about: '12' });

    expect(lines(the)).toEqual([expect.stringContaining('Ticket 13 has had no answer yet')]);
  });
});

describe('a ticket that is closed for good', () => {
  it('offers a follow-up that names it, and goes on as that one', () => {
    const the = atTicket();
    read(the, { status: 'closed' });
    expect(messageOf(the.last, 'support').verbs).toEqual(['follow-up', 'it-helped', 'did-not-help']);

    the.say('rosa', 'follow up: it is down again, password: hunter2');
    const [open] = effectsOf(the.last, 'open-ticket');
    expect(open?.request).toMatchObject({ followUpOf: 12, subject: expect.stringMatching(/^Follow-up: /) as unknown });
    expect(open?.request.body).toContain('goes on from ticket 12');
    expect(JSON.stringify(the.last)).not.toContain('hunter2');
    the.say('rosa', 'follow up: hello?');
    expect(the.last.reply.because).toContain('on its way');
    the.happen({ type: 'ticket-opened', ticket: { ...snapshot, id: 20, updatedAt: the.at } });

    expect(cardOf(the.last, 'ticket')).toMatchObject({
      number: '20',
      status: 'Open',
      clock: expect.stringContaining('2 h'),
    });
    expect(the.last.projections).toMatchObject([{ ticketId: 20 }]);
    expect(effectsOf(the.last, 'timer').map(({ about }) => about)).toEqual(['20', '20']);
  });

  it('can be followed up again when that did not work', () => {
    const the = atTicket();
    read(the, { status: 'closed' });
    the.say('rosa', 'follow up: it is down again');

    the.happen({ type: 'ticket-refused', effect: 'C-1/9/0', of: 'open-ticket', because: 'No.' });

    expect(lines(the)).toEqual(['No.']);
    expect(messageOf(the.last, 'support').verbs).toEqual(['follow-up', 'it-helped', 'did-not-help']);
  });

  it('goes on in the follow-up that was opened at the desk', () => {
    const the = atTicket();

    read(the, { status: 'closed', followUps: [15] });

    expect(statusOf(the)).toBe('Solved; goes on in ticket 15');
    expect(effectsOf(the.last, 'read-ticket')).toMatchObject([{ ticketId: 15 }]);
  });

  it.each(['open', 'solved'] as const)('is needed for that: not one that is %s', (status) => {
    const the = atTicket();
    read(the, { status });

    the.say('rosa', 'follow up: hello');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('not closed') });
  });
});
