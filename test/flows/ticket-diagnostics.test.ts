/** What a ticket carries that nobody wrote: shown first, without secrets, and sent only with consent. */
import { describe, expect, it } from 'vitest';
import { openAlert } from './alert-cases.ts';
import { atVerdict, cardOf, type Case, effectsOf, snapshot, supportAt } from './cases.ts';

const cry = 'mendix-prod production is down since 8, recovery button did nothing, pls help';

function previewed(): Case {
  const the = atVerdict(cry);
  the.click('rosa', 'preview-ticket');
  return the;
}

/** The whole of what goes to the desk. */
function sent(the: Case): string {
  return JSON.stringify([...effectsOf(the.last, 'open-ticket'), ...effectsOf(the.last, 'send-comment')]);
}

describe('the diagnostics of a ticket', () => {
  it('are shown before it is sent, and the switch is on', () => {
    const card = cardOf(previewed().last, 'ticket-preview');

    expect(card.diagnostics).toEqual([
      'Subscription: sub-mendix',
      'Managed resource group: mrg-prod',
      expect.stringMatching(/^Region: \w+/),
    ]);
    expect(card.sendDiagnostics).toBe('true');
    expect(card.body).not.toContain('mrg-prod');
  });

  it('go along below the words as they were shown', () => {
    const the = previewed();
    const { diagnostics } = cardOf(the.last, 'ticket-preview');

    the.click('rosa', 'open-ticket', { subject: 'Down', body: 'It is down.', diagnostics: 'true' });

    const lines = ['It is down.', '', 'Diagnostics:', ...diagnostics.map((line) => `- ${line}`)];
    expect(effectsOf(the.last, 'open-ticket')[0]?.request.body).toBe(lines.join('\n'));
  });

  it.each([
    ['on the card', (the: Case) => the.click('rosa', 'open-ticket', { diagnostics: 'false' })],
    [
      'in words',
      (the: Case) => {
        the.say('rosa', 'without diagnostics');
        expect(cardOf(the.last, 'ticket-preview').sendDiagnostics).toBe('false');
        the.say('rosa', 'open the ticket');
      },
    ],
  ])('stay here when they are switched off %s', (_where, open) => {
    const the = previewed();

    open(the);

    expect(effectsOf(the.last, 'open-ticket')).toHaveLength(1);
    expect(sent(the)).not.toMatch(/mrg-prod|sub-mendix|Diagnostics/);
  });

  it('stay off when the ticket could not be opened, and on the way back from the verdict', () => {
    const the = previewed();
    the.click('rosa', 'open-ticket', { diagnostics: 'false' });
    the.happen({ type: 'effect-failed', effect: 'C-1/4/1', of: 'open-ticket', because: 'The desk did not answer.' });
    expect(cardOf(the.last, 'ticket-preview').sendDiagnostics).toBe('false');

    the.click('rosa', 'back');
    the.click('rosa', 'preview-ticket');

    expect(cardOf(the.last, 'ticket-preview').sendDiagnostics).toBe('false');
    the.say('rosa', 'with diagnostics');
    the.click('rosa', 'open-ticket');
    expect(sent(the)).toContain('mrg-prod');
  });

  it.each([
    ['true', true],
    ['false', false],
  ])('switched to %s, count for a ticket that is there already, too', (diagnostics, isSent) => {
    const the = atVerdict(cry);
    the.facts({ openTickets: [{ number: 12, environment: 'mendix-prod', requester: 'sam' }] });
    the.click('rosa', 'preview-ticket');

    the.click('rosa', 'add-to-ticket', { body: 'Me too.', diagnostics });
    the.happen({ type: 'ticket-read', ticket: snapshot, comments: [], complete: true });

    expect(effectsOf(the.last, 'send-comment')).toHaveLength(1);
    expect(sent(the).includes('mrg-prod')).toBe(isSent);
  });

  it('of an alert are what Azure told, without its secrets', () => {
    const the = openAlert();
    the.fire({ severity: 'Sev0', rule: 'Down, password=hunter2' });
    the.click('ada', 'triage-alert');
    the.click('ada', 'triage-continue', { selfServiceRecoveryTried: 'true' });
    the.click('ada', 'preview-ticket');

    const card = cardOf(the.last, 'ticket-preview');
    expect(card.diagnostics.join('\n')).toContain('aks-mendix-prod');
    expect(JSON.stringify(card)).not.toContain('hunter2');
    expect(card.redacted).toContain('a password');
    expect(card.body).not.toContain('aks-mendix-prod');

    the.click('ada', 'open-ticket', { diagnostics: 'false' });
    expect(sent(the)).not.toContain('aks-mendix-prod');
  });

  it('say nothing of an environment that this person may not ask about', () => {
    const the = atVerdict('payroll production is down since 8, recovery button did nothing, pls help');
    the.click('rosa', 'preview-ticket');

    expect(supportAt(the, 'previewing').diagnostics?.lines).toEqual([]);
  });

  it('that stay here take the ids of plans out of the desk’s own fields, also in a follow-up', () => {
    const the = previewed();
    the.click('rosa', 'open-ticket', { diagnostics: 'false' });
    the.happen({ type: 'ticket-opened', ticket: snapshot });
    the.happen({
      type: 'ticket-read',
      ticket: { ...snapshot, status: 'closed', updatedAt: '2026-03-02T10:00:00Z' },
      comments: [],
    });

    the.say('rosa', 'follow up: it is back');

    expect(effectsOf(the.last, 'open-ticket')[0]?.request.facts?.['plans']).toBe('');
    expect(sent(the)).not.toContain('mrg-prod');
  });
});

it('the preview leads to the portal, where logs go along', () => {
  const card = cardOf(previewed().last, 'ticket-preview');

  expect(card.portalUrl).toMatch(/^https:\/\/\w+\.mendix\.com$/);
  expect(card.logs).toContain('recent logs go along only with a ticket from the provider’s portal');
});
