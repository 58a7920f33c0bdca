import { describe, expect, it } from 'vitest';
import { triage } from '../../src/policy/triage.ts';
import { understand } from '../../src/policy/understand.ts';
import { atPreview, atVerdict, cardOf, effectsOf, messageOf, openCase, snapshot, supportAt, whereIs } from './cases.ts';

describe('a problem described', () => {
  it('is shown as it was understood, and only what could change the verdict is asked', () => {
    const the = openCase();

    the.say('rosa', 'prod is down since 8, recovery button did nothing, pls help');

    const card = cardOf(the.last, 'triage');
    expect(card.headline).toBe('This looks like a production outage.');
    expect(card.understood).toContain('Environment: Production');
    expect(card.understood).toContain('Since: 08:00');
    expect(card.asks.filter((ask) => !ask.known).map((ask) => ask.id)).toEqual(['faultLocation']);
  });

  it.each(['help, prod is down', 'Help! production cannot be reached'])(
    '“%s” is a cry, not a question about the bot',
    (words) => {
      const the = openCase();

      the.say('rosa', words);

      expect(whereIs(the.state)).toMatch(/^support/);
    },
  );

  it('asks on while that helps, and goes on without an answer when there is none', () => {
    const the = openCase();
    the.say('rosa', 'bananas');
    the.click('rosa', 'start-support');
    expect(cardOf(the.last, 'triage').asks.map((ask) => ask.id)).toEqual(['symptom', 'environment']);

    the.click('rosa', 'triage-continue', { environment: 'production' });
    expect(cardOf(the.last, 'triage').asks[0]?.id).toBe('symptom');
    the.click('rosa', 'triage-continue');

    supportAt(the, 'judged');
  });

  it('has an answer to choose for everything it asks', () => {
    const the = openCase();

    the.say('rosa', 'deployment of our app fails');

    const { asks } = cardOf(the.last, 'triage');
    expect(asks.map((ask) => ask.id)).toContain('mendixVersion');
    expect(asks.filter((ask) => !ask.known && ask.choices.length === 0)).toEqual([]);
    the.click('rosa', 'triage-continue', { mendixVersion: asks[0]?.choices[0]?.value ?? '' });
    expect(supportAt(the, 'judged').verdict.route).toBe('upgrade_app');
  });

  it('offers the version that was written, too, when answers are corrected', () => {
    const the = atVerdict('deployment of our app fails, we are on Mendix 10.6');

    the.click('rosa', 'change-answers');

    const version = cardOf(the.last, 'triage').asks.find((ask) => ask.id === 'mendixVersion');
    expect(version).toMatchObject({ value: '10.6' });
    expect(version?.choices.map((choice) => choice.value)).toEqual(['10.6', '10.9', '10.10', 'not-known']);
  });

  it('promises no time while the severity is open', () => {
    const the = openCase();
    the.say('rosa', 'the app is significantly disrupted');
    expect(cardOf(the.last, 'triage').asks.map((ask) => ask.id)).toContain('environment');

    the.click('rosa', 'triage-continue');

    expect(supportAt(the, 'judged').verdict.severity).toBeNull();
    expect(cardOf(the.last, 'verdict').due).toBe(
      'How soon an answer is due depends on the severity, which is not known yet.',
    );
  });

  it('says on the field that an answer is none of the possible ones', () => {
    const the = openCase();
    the.say('rosa', 'prod is down');

    the.click('rosa', 'triage-continue', { faultLocation: 'the moon' });

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input: 'faultLocation' }] });
  });

  it('reads what the requester types as an answer, and leaves the talk of others alone', () => {
    const the = openCase();
    the.say('rosa', 'deployment of our app fails');

    the.say('ben', 'we are on Mendix 10.6');
    the.say('rosa', 'let me look');
    supportAt(the, 'asking');
    the.say('rosa', 'it is Mendix 10.6');

    expect(supportAt(the, 'judged').verdict.route).toBe('upgrade_app');
  });

  it('is worked on by whoever described it', () => {
    const the = openCase();
    the.say('rosa', 'prod is down');

    the.click('ben', 'triage-continue');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('Rosa Requester') });
  });

  it('always asks something while it is unclear, so that nobody stands before an empty card', () => {
    for (const words of ['', 'it is broken', 'how do I set this up', 'a question', 'something in production']) {
      const verdict = triage(understand(words).answers);
      expect(verdict.scope !== 'unclear' || verdict.ask.length > 0).toBe(true);
    }
  });
});

describe('the preview of the ticket', () => {
  it('is what goes out, with what was taken out', () => {
    const card = cardOf(atPreview('prod is down, password=hunter2 recovery button did nothing').last, 'ticket-preview');

    expect(card.subject).toBe('Production: It cannot be reached');
    expect(card.body).toContain('Severity: Critical.');
    expect(card.body).not.toContain('hunter2');
    expect(card.redacted).toBe('Taken out before it is sent: a password.');
  });

  it.each([
    ['there is a typo in the portal', 'There is a typo in the portal'],
    ['acceptance is slow, customers do not see it', 'Acceptance is slow, customers do not see it'],
    [`there is a typo in the portal, ${'which nobody minds, '.repeat(5)}really`, 'It only looks wrong'],
  ])('calls “%s” in the subject “%s”', (words, subject) => {
    expect(cardOf(atPreview(words).last, 'ticket-preview').subject).toBe(subject);
  });

  it('goes back to the verdict', () => {
    const the = atPreview();

    the.say('rosa', 'back');

    supportAt(the, 'judged');
  });

  it.each([
    ['subject', { subject: ' ' }],
    ['body', { body: '' }],
  ])('is not sent without a %s', (input, inputs: Record<string, string>) => {
    const the = atPreview();

    the.click('rosa', 'open-ticket', inputs);

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input }] });
    expect(the.last.effects).toEqual([]);
    supportAt(the, 'previewing');
  });

  it('becomes one ticket with the right priority, in the name of whoever asked', () => {
    const the = atPreview();

    the.click('rosa', 'open-ticket', { subject: 'All is lost', body: 'Really.' });

    expect(effectsOf(the.last, 'open-ticket')).toMatchObject([
      {
        request: {
          subject: 'All is lost',
          body: 'Really.',
          priority: 'urgent',
          requester: { name: 'Rosa Requester', email: 'rosa@example.com' },
        },
      },
    ]);
    expect(the.last.projections).toEqual([
      {
        type: 'ticket-expected',
        subject: 'All is lost',
        requester: 'rosa',
        environment: 'production',
        symptom: 'inaccessible',
      },
    ]);
    the.click('rosa', 'open-ticket');
    expect(the.last.effects).toEqual([]);
  });

  it('takes out secrets that were typed into it, on the card and at the desk', () => {
    const the = atPreview();

    the.click('rosa', 'open-ticket', { subject: 'token=abcdefgh12345678', body: 'Bearer abcdefgh12345678' });

    expect(JSON.stringify(the.last)).not.toContain('abcdefgh12345678');
    expect(cardOf(the.last, 'notice')).toMatchObject({
      text: expect.stringContaining('Taken out before it was sent: a password, a bearer token.'),
      wayOut: '',
    });
  });

  it('is asked for before the ticket is opened', () => {
    const the = atVerdict();

    the.say('rosa', 'open the ticket');

    supportAt(the, 'previewing');
    expect(effectsOf(the.last, 'open-ticket')).toEqual([]);
  });

  it('says that the desk does not answer, in one message, and that it does again', () => {
    const the = atPreview();
    the.click('rosa', 'open-ticket', { subject: 'All is lost', body: 'Really.' });

    the.happen({ type: 'desk-away', of: 'open-ticket', because: 'The desk did not answer.', seconds: 40 });
    expect(messageOf(the.last, 'away-open-ticket').content.text).toMatch(/did not answer\. I try again in a minute/);
    the.happen({ type: 'desk-away', of: 'open-ticket', because: 'The desk did not answer.', seconds: 300 });
    expect(messageOf(the.last, 'away-open-ticket').content.text).toContain('in 5 minutes');
    the.happen({ type: 'ticket-opened', ticket: { ...snapshot, id: 12 } });

    expect(messageOf(the.last, 'away-open-ticket').content.text).toBe('The desk answers again.');
    expect(supportAt(the, 'open').away).toEqual([]);
  });

  it('does not say that the desk is back when it has given up', () => {
    const the = atPreview();
    the.click('rosa', 'open-ticket', { subject: 'All is lost', body: 'Really.' });
    the.happen({ type: 'desk-away', of: 'open-ticket', because: 'The desk did not answer.', seconds: 40 });

    the.happen({ type: 'effect-failed', effect: 'C-1/4/1', of: 'open-ticket', because: 'The desk did not answer.' });

    expect(messageOf(the.last, 'away-open-ticket').content.text).toMatch(/^I have stopped trying; .* way out/);
  });

  it('keeps every word when the ticket could not be opened', () => {
    const the = atPreview();
    the.click('rosa', 'open-ticket', { subject: 'All is lost', body: 'Really.' });

    the.happen({ type: 'effect-failed', effect: 'C-1/4/1', of: 'open-ticket', because: 'The desk did not answer.' });

    const card = cardOf(the.last, 'ticket-preview');
    expect(card).toMatchObject({ subject: 'All is lost', body: 'Really.' });
    expect(card.problems).toEqual([expect.stringMatching(/The desk did not answer\. Nothing is lost/)]);
    the.say('rosa', 'open the ticket');
    expect(effectsOf(the.last, 'open-ticket')).toHaveLength(1);
  });
});
