import { describe, expect, it } from 'vitest';
import { executesIn, textOf } from '../../src/cards/adaptive-card.ts';
import { cardNames } from '../../src/cards/templates.ts';
import { alertForms } from '../../src/flows/alert-typed.ts';
import type { Inputs } from '../../src/flows/event.ts';
import type { Transition } from '../../src/flows/flow.ts';
import { controlForms } from '../../src/flows/control-words.ts';
import { connectForms, readTyped } from '../../src/flows/connect-typed.ts';
import { answerForms, matchForm, supportForms, talkForms } from '../../src/flows/typed.ts';
import { filledSample } from '../cards/samples.ts';
import {
  atApproval,
  atForm,
  atMethod,
  atPlan,
  atPreview,
  atTicket,
  atVerdict,
  atWork,
  type Case,
  connectAt,
  judgedBy,
  monday,
  openCase,
  snapshot,
} from './cases.ts';

function failed(): Case {
  const the = atWork();
  const outcome = { kind: 'failed', step: 's', code: null, because: 'no', wayOut: 'yes' } as const;
  the.happen({ type: 'plan-finished', planId: connectAt(the, 'applying').planId, outcome });
  return the;
}

function changeAsked(): Case {
  const the = atApproval();
  the.click('anna', 'ask-change', { reason: 'only orders' });
  return the;
}

function connected(): Case {
  const the = atWork();
  the.happen({ type: 'plan-finished', planId: connectAt(the, 'applying').planId, outcome: { kind: 'complete' } });
  const toRun = [{ from: 'hub-vnet', command: 'nslookup', expect: '192.168.0.10' }];
  the.happen({ type: 'verified', question: the.revision, proof: { evidence: [], toRun } });
  return the;
}

function undoing(): Case {
  const the = connected();
  the.click('rosa', 'undo');
  return the;
}

function awaitingNodes(): Case {
  const state = connectAt(connected(), 'connected');
  const aftermath = { what: 'nodes', text: 'The nodes learn of it later.', wayOut: 'Open a ticket.' } as const;
  return openCase({ state: { ...state, plan: { ...state.plan, aftermath } } });
}

function withDraft(): Case {
  const { draft } = connectAt(atForm(), 'asking');
  const place = { platform: 'teams', conversation: 'general', thread: '1' } as const;
  const the = openCase({ drafts: [{ caseId: 'C-0', place, draft, at: monday }] });
  the.say('rosa', 'connect');
  return the;
}

function asking(): Case {
  const the = openCase();
  the.say('rosa', 'prod is down');
  return the;
}

const forConnect: [string, () => Case, string, Inputs, string?][] = [
  ['continue', atForm, 'connect-continue', {}],
  ['apps orders, hr', atForm, 'connect-continue', { apps: 'orders, hr' }],
  ['every app', atForm, 'connect-continue', { names: 'wildcard' }],
  ['environment mendix-prod', atForm, 'connect-continue', { environment: 'mendix-prod' }],
  ['network hub-vnet', atForm, 'connect-continue', { network: 'hub-vnet', networkId: '' }],
  ['only the apps yes', atForm, 'connect-continue', { isolation: 'yes' }],
  ['database yes', atForm, 'connect-continue', { wish: 'database' }],
  ['database no', atForm, 'connect-continue', { wish: 'apps' }],
  ['service erp.corp.example', atForm, 'connect-continue', { wish: 'service', service: 'erp.corp.example' }],
  ['dns servers 10.1.0.4, 10.1.0.5', atForm, 'connect-continue', { wish: 'dns', servers: '10.1.0.4, 10.1.0.5' }],
  ['rules yes', atForm, 'connect-continue', { rules: 'yes' }],
  ['gateway yes', atForm, 'connect-continue', { gateway: 'yes' }],
  ['repair the peering', atForm, 'connect-continue', { wish: 'peering' }],
  ['peering', atMethod, 'use-peering', {}],
  ['private link', atMethod, 'use-private-link', {}],
  ['ask for approval', atPlan, 'ask-approval', {}],
  ['show as text', atPlan, 'show-text', {}],
  ['show as az', atPlan, 'show-az', {}],
  ['show as bicep', atPlan, 'show-bicep', {}],
  ['show as terraform', atPlan, 'show-terraform', {}],
  ['approve', atApproval, 'approve', {}, 'anna'],
  ['reject because of the freeze', atApproval, 'reject', { reason: 'because of the freeze' }, 'anna'],
  ['ask for a change: only orders', atApproval, 'ask-change', { reason: 'only orders' }, 'anna'],
  ['hand over', atApproval, 'hand-over', {}, 'anna'],
  ['keep it as it is because both are needed', changeAsked, 'keep-plan', { reason: 'both are needed' }],
  ['withdraw', atApproval, 'withdraw', {}],
  ['change answers', atPlan, 'change-answers', {}],
  ['try again', failed, 'retry', {}],
  ['leave it', failed, 'leave', {}],
  ['check again', connected, 'check-again', {}],
  ['undo', connected, 'undo', {}],
  ['keep it', undoing, 'keep-it', {}],
  ['ask support', awaitingNodes, 'start-support', {}],
  ['draft', withDraft, 'take-draft', {}],
  ['it printed Address: 192.168.0.10', connected, 'judge-output', { output: 'Address: 192.168.0.10' }],
  ['cancel', atForm, 'cancel', {}],
];

function initializationFailed(): Case {
  return judgedBy({ symptom: 'cluster-init-failed', preflightPassed: 'true', retriesDone: 'true' });
}

function closedTicket(): Case {
  const the = atTicket();
  const ticket = { ...snapshot, status: 'closed', updatedAt: '2026-03-02T10:00:00Z' } as const;
  the.happen({ type: 'ticket-read', ticket, comments: [] });
  return the;
}

function askedBack(): Case {
  const the = atTicket();
  the.say('rosa', 'send me the logs');
  return the;
}

function atSimilar(): Case {
  const the = atVerdict();
  the.facts({ openTickets: [{ number: 12, environment: 'production', requester: 'sam' }] });
  the.click('rosa', 'preview-ticket');
  return the;
}

function atOwnDesk(): Case {
  const the = atTicket();
  the.settings({ desk: { whose: 'own', rights: 'agent', tells: true } });
  return the;
}

function answeredElsewhere(): Case {
  const the = atOwnDesk();
  the.say('rosa', 'provider ticket 12345');
  return the;
}

const forSupport: [string, () => Case, string, Inputs, string?][] = [
  ['it is ticket #4711', initializationFailed, 'link-ticket', { number: '4711' }],
  ['there is none', initializationFailed, 'no-auto-ticket', {}],
  ['look again', initializationFailed, 'find-ticket', {}],
  ['continue', asking, 'triage-continue', {}],
  ['preview', atVerdict, 'preview-ticket', {}],
  ['add to that ticket', atSimilar, 'add-to-ticket', {}],
  ['open the ticket', atPreview, 'open-ticket', {}],
  ['send: All apps.\nReally.', atTicket, 'send-reply', { reply: 'All apps.\nReally.' }],
  ['solved', atTicket, 'mark-solved', {}],
  ['reopen', atTicket, 'reopen', {}],
  ['it helped', closedTicket, 'it-helped', {}],
  ['it didn’t help', closedTicket, 'did-not-help', {}],
  ['follow up: it is back', closedTicket, 'follow-up', { reply: 'it is back' }],
  ['severity high: half of it works', atTicket, 'change-severity', { severity: 'high', reason: 'half of it works' }],
  ['change severity', atTicket, 'severity-form', {}],
  ['without files', atTicket, 'leave-files', {}],
  ['without diagnostics', atPreview, 'leave-diagnostics', {}],
  ['with the diagnostics', atPreview, 'send-diagnostics', {}],
  ['send it', askedBack, 'send-asked', {}],
  ['provider ticket 12345', atOwnDesk, 'provider-number', { number: '12345' }],
  ['provider ticket', atOwnDesk, 'provider-form', {}],
  ['provider answered', answeredElsewhere, 'provider-answered', {}],
  ['change answers', atVerdict, 'change-answers', {}],
  ['back', atPreview, 'back', {}],
  ['connect', () => atVerdict('can you open port 5432 to our data lake'), 'start-connect', {}],
  ['not now', atVerdict, 'not-now', {}],
  ['I did that', () => judgedBy({ symptom: 'inaccessible', selfServiceRecoveryTried: 'false' }), 'did-that', {}],
  ['I see it differently', atVerdict, 'differ', {}],
  ['severity high because of the closing', atVerdict, 'override', { severity: 'high', reason: 'of the closing' }],
  [
    'open the ticket anyway because they asked for it',
    () => judgedBy({ symptom: 'customization' }),
    'override',
    { scope: 'supported', reason: 'they asked for it' },
  ],
  [
    'not supported because we did it ourselves',
    atVerdict,
    'override',
    { scope: 'unsupported', reason: 'we did it ourselves' },
  ],
];

function answeredQuestion(): Case {
  const the = openCase();
  the.say('rosa', 'question: who patches the nodes?');
  return the;
}

const forTalk: [string, () => Case, string, Inputs, string?][] = [
  ['get support', answeredQuestion, 'start-support', {}],
  ['ask the desk', answeredQuestion, 'ask-desk', {}],
];

/** What a person sees and what is done; the words in the thread may stand in for the button's own reply. */
function whatHappened({ state, effects, projections, reply }: Transition): unknown {
  return { state, effects, projections, reply };
}

describe('typing instead of clicking', () => {
  it.each([...forConnect, ...forSupport, ...forTalk])(
    '“%s” does what its button does',
    (text, at, verb, inputs, who = 'rosa') => {
      const [byWord, byClick] = [at(), at()];

      byWord.say(who, text);
      byClick.click(who, verb, inputs);

      expect(byClick.last.reply.outcome).toBe('done');
      expect(whatHappened(byWord.last)).toEqual(whatHappened(byClick.last));
    },
  );

  it.each([
    ['connections', connectForms, forConnect],
    ['problems', supportForms, forSupport],
    ['answers', talkForms, forTalk],
  ])('every form of %s is tried here, and is shown as it can be typed', (_what, forms, cases) => {
    const verbs = new Set(cases.map(([, , verb]) => verb));

    expect(forms.map((form) => form.verb).filter((verb) => !verbs.has(verb))).toEqual([]);
    for (const form of forms) {
      expect([form.shown, matchForm(form.shown, forms)?.verb]).toEqual([form.shown, form.verb]);
      expect(form.meaning).not.toBe('');
    }
    expect(new Set(forms.map((form) => form.shown)).size).toBe(forms.length);
  });

  it('lists every verb of every card', () => {
    const typed = new Set(
      [...alertForms, ...answerForms, ...controlForms, ...talkForms, ...connectForms, ...supportForms].map(
        (form) => form.verb,
      ),
    );

    const buttons = cardNames.flatMap((name) => executesIn(filledSample(name)).map((action) => textOf(action, 'verb')));

    // A note is asked for by its title; what a digest takes up can be described in a new message.
    const others = buttons.filter((verb) => !typed.has(verb) && !/^(?:note|take-alert)-/.test(verb));
    expect(others).toEqual([]);
  });

  it.each([
    ['Approve', 'approve'],
    ['  retry ', 'retry'],
    ['use Private-Link', 'use-private-link'],
    ['ask approval', 'ask-approval'],
    ['plan again', 'change-answers'],
  ])('“%s” is read as %s', (text, verb) => {
    expect(matchForm(text, connectForms)?.verb).toBe(verb);
  });

  it.each(['send me the logs', 'reply is slow', 'send', 'solved it by myself', 'I approve', 'we cancel the meeting'])(
    '“%s” is talk, not a command',
    (text) => {
      expect(matchForm(text, supportForms)).toBeNull();
      expect(matchForm(text, connectForms)).toBeNull();
    },
  );

  it.each(['send to support: all apps', 'send to support all apps', 'Send: all apps', 'reply: all apps'])(
    '“%s” sends the rest to the desk',
    (text) => {
      expect(matchForm(text, supportForms)).toEqual({ verb: 'send-reply', inputs: { reply: 'all apps' } });
    },
  );

  it('reads a whole sentence into the form', () => {
    expect(readTyped('please connect mendix-acc to hub-vnet for all apps')?.inputs).toEqual({
      environment: 'mendix-acc',
      network: 'hub-vnet',
      networkId: '',
      wish: 'apps',
      names: 'wildcard',
    });
    expect(readTyped('connect')).toBeNull();
    expect(readTyped('what a day')).toBeNull();
  });
});
