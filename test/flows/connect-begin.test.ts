import { describe, expect, it } from 'vitest';
import {
  atForm,
  cardOf,
  connectAt,
  directory,
  discovery,
  effectsOf,
  hub,
  messageOf,
  messages,
  monday,
  openCase,
  spoke,
  whereIs,
} from './cases.ts';

describe('beginning a connection', () => {
  it('fills in the form from the sentence and from what can be read', () => {
    const form = cardOf(atForm().last, 'connect-form');

    expect(form).toMatchObject({ environment: 'mendix-prod', network: hub.id, apps: 'orders', problems: [] });
    expect(form.environmentLines.map((line) => line.value)).toContain('internal, 192.168.0.10');
  });

  it('reads first when nothing was read yet, and then shows the form', () => {
    const the = atForm({ discovery: null });
    expect(effectsOf(the.last, 'discover')).toHaveLength(1);

    the.happen({ type: 'discovered', question: 1, discovery });

    expect(cardOf(the.last, 'connect-form').network).toBe(hub.id);
  });

  it.each([
    [59, 0],
    [61, 1],
  ])('a reading that is %i seconds old costs %i new ones', (seconds, reads) => {
    const readAt = Temporal.Instant.from(monday).subtract({ seconds }).toString();

    const the = atForm({ discovery: { value: discovery, readAt } });

    expect(effectsOf(the.last, 'discover')).toHaveLength(reads);
  });

  it('ignores the answer to an older question', () => {
    const the = atForm({ discovery: null });

    the.happen({ type: 'discovered', question: 99, discovery });

    expect(whereIs(the.state)).toBe('connect/discovering');
    expect(the.last.effects).toEqual([]);
  });

  it('says why it could not read, and tries again when asked', () => {
    const the = atForm({ discovery: null });

    the.happen({ type: 'read-failed', question: 1, of: 'discover', because: 'Azure did not answer.' });
    expect(cardOf(the.last, 'notice').text).toBe('Azure did not answer.');
    expect(messageOf(the.last, 'connect').verbs).toContain('retry');
    the.click('rosa', 'retry');

    expect(effectsOf(the.last, 'discover')).toMatchObject([{ question: 3 }]);
  });

  it('refuses a person who may ask for no environment, and reads nothing for them', () => {
    const the = openCase({ discovery: null });

    the.say('sam', 'connect mendix-prod to hub-vnet');

    expect(the.last.reply).toMatchObject({ outcome: 'refused' });
    expect(the.last.reply.because).toContain('Ask Ada Admin');
    expect(messages(the.last)).toMatchObject([{ onlyFor: 'sam' }]);
    expect(effectsOf(the.last, 'discover')).toEqual([]);
  });

  it.each(['otto', 'nobody-knows-me'])('gives %s, who has no role, help and a refusal and nothing else', (who) => {
    const the = openCase();

    the.say(who, 'connect mendix-prod to hub-vnet');
    expect(the.last.reply.because).toContain('Ask Ada Admin');
    expect(messages(the.last)).toMatchObject([{ onlyFor: who, verbs: [] }]);
    the.say(who, 'help');

    expect(cardOf(the.last, 'help').groups).toEqual([]);
    expect(messages(the.last)).toMatchObject([{ verbs: [] }]);
  });

  it('lists only environments that the person may ask for, and nothing of the others', () => {
    const inPayroll = { ...spoke, id: spoke.id.replace('sub-hub', 'sub-mendix').replace('network-hub', 'MRG-payroll') };
    const unread = ['the networks of payroll in mrg-payroll (forbidden)', 'the networks of subscription X (forbidden)'];
    const value = { ...discovery, networks: [hub, inPayroll], unread };

    const form = cardOf(atForm({ discovery: { value, readAt: monday } }).last, 'connect-form');

    expect(form.environments.map((choice) => choice.value)).toEqual(['mendix-prod']);
    expect(form.networks.map((choice) => choice.value)).toEqual([hub.id]);
    expect(JSON.stringify(form)).not.toMatch(/payroll/i);
    expect(form.problems).toEqual([expect.stringContaining('subscription X')]);
  });

  it('does not take another environment for one that it does not know', () => {
    const form = cardOf(atForm({}, 'connect nowhere to hub-vnet for app orders').last, 'connect-form');

    expect(form.environment).toBe('');
    expect(form.problems).toEqual([expect.stringContaining('no environment called “nowhere”')]);
  });

  it('takes the only environment when none was named', () => {
    expect(cardOf(atForm({}, 'connect').last, 'connect-form').environment).toBe('mendix-prod');
  });

  it.each([
    ['atlantis', 'no network called “atlantis”'],
    ['hub', 'fits more than one network: hub-vnet (10.20.0.0/16, sub-hub); hub-west-vnet (10.30.0.0/16, sub-hub)'],
  ])('says when “%s” names no network, or several', (words, problem) => {
    const value = { ...discovery, networks: [hub, { ...spoke, name: 'hub-west-vnet' }] };

    const the = atForm({ discovery: { value, readAt: monday } }, `connect mendix-prod to ${words} for app orders`);

    expect(cardOf(the.last, 'connect-form')).toMatchObject({
      network: '',
      problems: [expect.stringContaining(problem)],
    });
  });

  it('says when load balancers could not be read, instead of calling them missing', () => {
    const [first] = discovery.environments;
    const environments = first === undefined ? [] : [{ ...first, frontends: [], frontendsUnread: true as const }];

    const the = atForm({ discovery: { value: { ...discovery, environments }, readAt: monday } });

    expect(cardOf(the.last, 'connect-form').environmentLines.at(-1)?.value).toBe('could not be read');
  });

  it('lets somebody else who clicks the form know whose it is', () => {
    const the = atForm();

    the.click('anna', 'connect-continue');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('Rosa Requester') });
    expect(whereIs(the.state)).toBe('connect/asking');
  });

  it('begins again in its own thread after it was cancelled, for whoever began it only', () => {
    const the = atForm();
    the.click('rosa', 'cancel');
    connectAt(the, 'cancelled');

    the.say('ben', 'connect mendix-prod to spoke-vnet');
    the.say('rosa', 'what a day');
    expect(whereIs(the.state)).toBe('connect/cancelled');
    the.say('rosa', 'connect mendix-prod to spoke-vnet for app hr');

    expect(connectAt(the, 'asking').draft).toMatchObject({ networks: [spoke.id], apps: ['hr'] });
  });

  it('begins from the help card, for people with a role only', () => {
    const the = openCase({ directory });
    the.say('rosa', 'good bananas');

    the.click('otto', 'start-support');
    expect(the.last.reply.outcome).toBe('refused');
    the.click('otto', 'start-connect');
    expect(the.last.reply.outcome).toBe('refused');
    the.click('rosa', 'start-connect');

    connectAt(the, 'asking');
  });
});
