import { describe, expect, it } from 'vitest';
import type { SaidFile } from '../../src/flows/event.ts';
import { wayForFiles } from '../../src/flows/ticket-files.ts';
import {
  atPreview,
  atTicket,
  atVerdict,
  type Case,
  cardOf,
  effectsOf,
  messageOf,
  messages,
  openCase,
  supportAt,
  team,
} from './cases.ts';
import { read } from './ticket-cases.ts';

const log: SaidFile = { id: 'f1', name: 'error.log', size: 12_288 };
const secret: SaidFile = { id: 'f2', name: 'password=hunter2.txt', size: 7 };

function attach(the: Case, text: string, attached: SaidFile[] = [log], person = 'rosa'): void {
  the.happen({ type: 'said', person, place: team, text, files: attached.map(({ id }) => id), attached });
}

describe('files that are attached before there is a ticket', () => {
  it('go along with it, and the preview lists them', () => {
    const the = openCase();
    attach(the, 'prod is down since 8, recovery button did nothing, pls help');
    expect(messages(the.last).find(({ onlyFor }) => onlyFor === 'rosa')?.content.text).toContain('error.log (12 KB)');
    the.click('rosa', 'triage-continue');
    the.click('rosa', 'preview-ticket');
    expect(cardOf(the.last, 'ticket-preview').note).toContain(
      'Attached: error.log (12 KB). I do not look through files',
    );

    the.click('rosa', 'open-ticket');

    expect(effectsOf(the.last, 'open-ticket')).toMatchObject([{ request: { files: ['f1'] } }]);
  });

  it('come to the preview that is open, and can be left out again', () => {
    const the = atPreview();

    attach(the, 'and this', [log, secret]);
    expect(cardOf(the.last, 'ticket-preview').note).toContain('error.log');
    the.say('rosa', 'without files');
    expect(cardOf(the.last, 'ticket-preview').note).not.toContain('error.log');
    the.click('rosa', 'open-ticket');

    expect(effectsOf(the.last, 'open-ticket')[0]?.request).not.toHaveProperty('files');
  });

  it('go along once when the same words are said again, because no answer came', () => {
    const the = atPreview();

    attach(the, 'and this');
    attach(the, 'and this', [log, secret]);
    the.click('rosa', 'open-ticket');

    expect(effectsOf(the.last, 'open-ticket')).toMatchObject([{ request: { files: ['f1', 'f2'] } }]);
  });

  it('of somebody else stay out', () => {
    const the = atVerdict();

    attach(the, 'look', [log], 'sam');

    expect(supportAt(the, 'judged').files).toBeUndefined();
  });

  it('never show secrets of their names', () => {
    const the = atPreview();

    attach(the, 'here', [secret]);

    expect(JSON.stringify(messages(the.last))).not.toContain('hunter2');
  });

  it('are twenty at most', () => {
    const the = atVerdict();

    attach(
      the,
      '',
      Array.from({ length: 25 }, (_none, index) => ({ ...log, id: `f${index}` })),
    );

    expect(supportAt(the, 'judged').files).toHaveLength(20);
  });
});

describe('files for an open ticket', () => {
  it('go along with the words that they come with', () => {
    const the = atTicket();

    attach(the, 'send: here is the log');

    expect(effectsOf(the.last, 'send-comment')).toMatchObject([{ body: 'here is the log', files: ['f1'] }]);
    expect(messageOf(the.last, 'reply').content.text).toBe('here is the log\n\nAttached: error.log (12 KB)');
    expect(messages(the.last).filter(({ onlyFor }) => onlyFor !== null)).toEqual([]);
    expect(supportAt(the, 'open').files).toBeUndefined();
  });

  it('stay in the room until a reply is sent', () => {
    const the = atTicket();
    attach(the, 'look at this', [log], 'sam');
    expect(effectsOf(the.last, 'send-comment')).toEqual([]);
    expect(messages(the.last)).toMatchObject([{ onlyFor: 'sam' }]);

    the.click('rosa', 'send-reply', { reply: 'As Sam shows.' });
    expect(effectsOf(the.last, 'send-comment')).toMatchObject([{ files: ['f1'] }]);
    the.click('rosa', 'send-reply', { reply: 'And more.' });

    expect(effectsOf(the.last, 'send-comment')[0]).not.toHaveProperty('files');
  });

  it('stand on the card as long as they wait', () => {
    const the = atTicket();
    attach(the, 'look at this');
    read(the);
    expect(cardOf(the.last, 'ticket', 'support').notes).toEqual([
      'Attached: error.log (12 KB). It goes along with the next reply; write “without files” to send none.',
    ]);

    attach(the, 'and this', [{ ...log, id: 'f2', name: 'second.log' }]);
    read(the);

    expect(cardOf(the.last, 'ticket', 'support').notes).toEqual([expect.stringContaining('They go along with')]);
  });

  it('are spoken of in Teams only where a reply can be sent', () => {
    const the = atTicket();
    const place = { platform: 'teams' as const, conversation: 'a:chat', thread: null };
    const inTeams = openCase({ state: { ...supportAt(the, 'open'), place } });
    read(inTeams);
    expect(cardOf(inTeams.last, 'ticket', 'support').notes).toEqual([expect.stringMatching(/^Files: attach them/)]);

    read(inTeams, { status: 'solved' });

    expect(cardOf(inTeams.last, 'ticket', 'support').notes).toEqual([]);
  });

  it('are told one by one when they could not go along', () => {
    const the = atTicket();

    the.happen({
      type: 'comment-sent',
      ticket: { ...supportAt(the, 'open').ticket.snapshot },
      commentKey: 'C-1/reply-1',
      leftOut: ['error.log is empty.'],
    });

    expect(messageOf(the.last, 'left-out').content.text).toBe('Not attached: error.log is empty.');
  });
});

it('Teams gives a bot no files but in the private chat, and the card says so', () => {
  const place = { platform: 'teams' as const, thread: null };

  expect(wayForFiles({ ...place, conversation: '19:abc@thread.tacv2' })).toContain('none in channels');
  expect(wayForFiles({ ...place, conversation: 'a:1private' })).toContain('attach them to a message');
});

describe('what a ticket is about', () => {
  it('fills the fields of the desk: environment by its name, severity, symptom', () => {
    const the = openCase();
    the.say('rosa', 'production environment mendix-prod is down since 8, recovery button did nothing');
    the.click('rosa', 'triage-continue');
    the.click('rosa', 'preview-ticket');
    expect(cardOf(the.last, 'ticket-preview').body).toContain('Name of the environment: mendix-prod');

    the.click('rosa', 'open-ticket');

    expect(effectsOf(the.last, 'open-ticket')[0]?.request.facts).toEqual({
      environment: 'mendix-prod',
      severity: 'critical',
      symptom: 'inaccessible',
      plans: '',
    });
    expect(the.last.projections).toMatchObject([{ type: 'ticket-expected', environment: 'mendix-prod' }]);
  });
});
