import { describe, expect, it } from 'vitest';
import { noteByRow, notes } from '../../src/policy/notes.ts';
import {
  atForm,
  atTicket,
  atVerdict,
  cardOf,
  type Case,
  connectAt,
  messageOf,
  messages,
  openCase,
  supportAt,
  whereIs,
} from './cases.ts';

const nodes = 'who patches the nodes?';
const deletion = 'what happens if we delete the managed application?';
const nothing = 'question: what does the moon taste of?';

function askedFirst(words: string): Case {
  const the = openCase();
  the.say('rosa', words);
  return the;
}

describe('a question about the policy', () => {
  it('is answered with what to do, document, section, date and a way to the source', () => {
    const the = askedFirst(nodes);
    const card = cardOf(the.last, 'answer');

    expect(card.asked).toBe(nodes);
    expect(notes.map((note) => note.note)).toContain(card.text);
    expect(card.source).toMatch(/^Support for Mendix on Azure, .+, \d{4}-\d{2}-\d{2}$/);
    expect(card.links).toEqual([{ title: 'Read the source', url: expect.stringMatching(/^https:/) }]);
    expect(card.related.length).toBeLessThanOrEqual(2);
    expect(messageOf(the.last, 'answer').verbs).toEqual([...card.related.map(({ verb }) => verb), 'start-support']);
    expect(whereIs(the.state)).toBe('talk');
  });

  it('goes on with a related note, by its button, below the first one', () => {
    const the = askedFirst(nodes);
    const first = messageOf(the.last, 'answer');
    const related = cardOf(the.last, 'answer').related[0] ?? { title: '', verb: '' };

    the.click('rosa', related.verb);

    expect(cardOf(the.last, 'answer').headline).toBe(related.title);
    expect(messageOf(the.last, 'answer').message).not.toBe(first.message);
    the.click('otto', related.verb);
    expect(the.last.reply.outcome).toBe('refused');
    the.click('rosa', 'note-that-was-taken-out');
    expect(the.last.reply.outcome).toBe('stale');
  });

  it('becomes a problem, with its words', () => {
    const the = askedFirst(nodes);

    the.click('rosa', 'start-support');

    expect(the.state).toMatchObject({ flow: 'support', words: nodes });
  });

  it('about connections can begin one', () => {
    const the = askedFirst('question: how do we peer our network with the cluster?');
    expect(messageOf(the.last, 'answer').verbs).toContain('start-connect');

    the.click('rosa', 'start-connect');

    expect(connectAt(the, 'asking').draft.words).toContain('peer our network');
  });

  it('that the policy does not answer says so, and can be put to the desk', () => {
    const the = askedFirst(nothing);
    const card = cardOf(the.last, 'answer');
    expect(card).toMatchObject({ headline: 'The policy does not say', source: '', links: [] });
    expect(messageOf(the.last, 'answer').verbs[0]).toBe('ask-desk');

    the.click('rosa', 'ask-desk');

    const { verdict, words } = supportAt(the, 'judged');
    expect(words).toBe('what does the moon taste of?');
    expect(verdict).toMatchObject({ scope: 'supported', route: 'ticket', severity: 'low' });
    expect(cardOf(the.last, 'verdict').due).toBe('Reasonable effort, no fixed time.');
  });

  it('is not answered to people without a role', () => {
    const the = openCase();

    the.say('otto', nodes);

    expect(the.last.reply.outcome).toBe('refused');
    expect(messages(the.last)).toMatchObject([{ onlyFor: 'otto' }]);
  });
});

describe('a dangerous intention', () => {
  it('is met with the warning first, then with the answer', () => {
    const the = askedFirst(deletion);
    const [first] = messages(the.last);

    expect(first?.content.card?.name).toBe('warning');
    const card = cardOf(the.last, 'warning');
    expect(card.next).not.toBe('');
    expect(card.source).toContain('Off-boarding');
    expect(first?.content.text).toMatch(/^Stop and read this first\./);
  });

  it.each<[string, () => Case]>([
    ['a connection', atForm],
    ['a verdict', atVerdict],
    ['an open ticket', atTicket],
  ])('is warned of in the middle of %s, which goes on undisturbed', (_what, at) => {
    const the = at();
    const before = the.state;

    the.say('ben', 'then we simply delete the managed application and deploy it again');

    expect(cardOf(the.last, 'warning').headline).not.toBe('');
    expect(the.state).toEqual(before);
  });

  it('is warned of once per case, so that nobody is preached to', () => {
    const the = atTicket();

    const [first] = messages(the.say('ben', 'we delete the managed application tonight'));
    const [second] = messages(the.say('ben', 'yes, we delete the managed application'));

    expect(second?.message).toBe(first?.message);
  });
});

describe('a question in the middle of a case', () => {
  it.each<[string, () => Case]>([
    ['a form', atForm],
    ['a verdict', atVerdict],
    ['an open ticket', atTicket],
  ])('is answered in the thread of %s, and changes nothing', (_what, at) => {
    const the = at();
    const before = the.state;

    the.say('rosa', nodes);

    expect(cardOf(the.last, 'answer').asked).toBe(nodes);
    expect(messageOf(the.last, 'answer').verbs.filter((verb) => !verb.startsWith('note-'))).toEqual([]);
    expect(the.state).toEqual(before);
    expect(the.last.reply.outcome).toBe('done');
  });

  it('that the policy does not answer stays talk among people, unless it is asked of the bot', () => {
    const the = atTicket();

    the.say('ben', 'who brings the cake?');
    expect(the.last.effects).toEqual([]);
    the.say('ben', nothing);

    expect(cardOf(the.last, 'answer').headline).toBe('The policy does not say');
  });

  it('does not get in the way of commands', () => {
    const the = atTicket();

    the.say('rosa', 'send: who patches the nodes?');

    expect(messages(the.last).some((message) => message.content.card?.name === 'answer')).toBe(false);
    expect(the.last.effects.some((effect) => effect.type === 'send-comment')).toBe(true);
  });
});

it('every note can be shown, each with what it rests on', () => {
  for (const note of notes) {
    const the = askedFirst(nodes);

    the.click('rosa', `note-${note.row}`);

    const card = cardOf(the.last, note.warning ? 'warning' : 'answer');
    expect([card.headline, card.text]).toEqual([noteByRow(note.row).title, note.note]);
    expect(card.source).not.toBe('');
  }
});
