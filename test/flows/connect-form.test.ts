import { describe, expect, it } from 'vitest';
import { atForm, cardOf, connectAt, effectsOf, hub, messageOf, messages, openCase, spoke, whereIs } from './cases.ts';

const pasted = '/subscriptions/sub-far/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/far-vnet';

describe('the form of a connection', () => {
  it('reads both networks once it is complete', () => {
    const the = atForm();

    the.click('rosa', 'connect-continue', { environment: 'mendix-prod', network: hub.id, apps: 'orders, hr' });

    expect(effectsOf(the.last, 'survey')).toMatchObject([
      { question: 2, answers: { environment: 'mendix-prod', networks: [hub.id], apps: ['orders', 'hr'] } },
    ]);
  });

  it.each([
    ['environment', { environment: 'nowhere' }, /no environment called “nowhere”. You may ask for: mendix-prod\./],
    ['environment', { environment: '' }, /Choose an environment/],
    ['environment', { environment: 'payroll' }, /no environment called “payroll”/],
    ['network', { network: '', networkId: '' }, /Choose the other network/],
    ['network', { network: 'atlantis' }, /no network called “atlantis”/],
    ['networkId', { networkId: 'atlantis' }, /no network called “atlantis”/],
    ['networkId', { networkId: '/subscriptions/x' }, /not the resource id of a virtual network/],
    ['networkId', { networkId: `${pasted}/subnets/a` }, /not the resource id of a virtual network/],
    ['networkId', { networkId: pasted.replace('virtualNetworks', 'loadBalancers') }, /not the resource id/],
    ['apps', { apps: '' }, /Name at least one app/],
    ['apps', { apps: 'or_ders' }, /“or_ders” is no DNS name/],
    ['apps', { apps: '-orders' }, /is no DNS name/],
    ['apps', { apps: 'a'.repeat(64) }, /is no DNS name/],
    ['apps', { apps: 'orders..example.com' }, /first part of the app’s address/],
  ])('says on the field %s what is wrong with %o', (input, inputs: Record<string, string>, message) => {
    const the = atForm({}, 'connect mendix-prod to hub-vnet for app orders');

    the.click('rosa', 'connect-continue', inputs);

    expect(the.last.reply).toMatchObject({
      outcome: 'invalid',
      errors: [{ input, message: expect.stringMatching(message) }],
    });
    expect(whereIs(the.state)).toBe('connect/asking');
    expect(the.last.effects).toEqual([]);
  });

  it('reports several problems at once', () => {
    const the = openCase();
    the.say('rosa', 'connect');

    the.click('rosa', 'connect-continue', { environment: 'nowhere', networkId: '/nonsense', apps: 'ok, b@d' });

    expect(the.last.reply.errors.map((error) => error.input)).toEqual(['environment', 'networkId', 'apps']);
  });

  it('takes a pasted resource id of a network that it does not list', () => {
    const the = openCase();
    the.say('rosa', 'connect mendix-prod for app orders');

    the.click('rosa', 'connect-continue', { network: '', networkId: `${pasted}/`, apps: 'orders' });

    expect(connectAt(the, 'surveying').draft.networks).toEqual([pasted]);
  });

  it('takes several networks: one of the list, others by name or id, each once', () => {
    const the = atForm({}, `connect mendix-prod to ${pasted} for app orders`);
    expect(cardOf(the.last, 'connect-form')).toMatchObject({ network: '', networkId: pasted });

    the.click('rosa', 'connect-continue', { network: spoke.id, networkId: `${pasted}, hub-vnet and spoke-vnet` });

    expect(connectAt(the, 'surveying').draft.networks).toEqual([spoke.id, pasted, hub.id]);
  });

  it.each(['mrg-payroll', 'MRG-Payroll'])('refuses a network in %s, of an environment that is not theirs', (group) => {
    const foreign = `/subscriptions/SUB-mendix/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/v`;
    const the = atForm();

    the.click('rosa', 'connect-continue', { networkId: foreign });
    expect(the.last.reply.errors).toMatchObject([
      { input: 'networkId', message: expect.stringMatching(/may not ask for yet.*ask Ada Admin/) },
    ]);
    the.say('rosa', `network ${foreign}`);

    expect(the.last.reply.outcome).toBe('invalid');
    expect(connectAt(the, 'asking').draft.networks).toEqual([]);
  });

  it('does not take such a network from the first sentence either', () => {
    const foreign =
      '/subscriptions/sub-mendix/resourceGroups/mrg-payroll/providers/Microsoft.Network/virtualNetworks/v';

    const the = atForm({}, `connect mendix-prod to ${foreign} for app orders`);
    expect(cardOf(the.last, 'connect-form')).toMatchObject({
      networkId: '',
      problems: [expect.stringContaining('may not ask for yet')],
    });
    the.say('rosa', 'continue');

    expect(the.last.reply.outcome).toBe('invalid');
  });

  it('wants no app names when every app is meant', () => {
    const the = atForm();

    the.click('rosa', 'connect-continue', { apps: 'not_a_name', names: 'wildcard' });

    expect(effectsOf(the.last, 'survey')).toMatchObject([{ answers: { apps: '*' } }]);
  });

  it('asks for the database only when that was said', () => {
    const the = atForm();

    the.click('rosa', 'connect-continue', { wish: 'database', isolation: 'yes' });

    expect(effectsOf(the.last, 'survey')).toMatchObject([{ answers: { scenario: 'database-read', apps: [] } }]);
    expect(connectAt(the, 'surveying').draft.isolation).toBe(true);
  });

  it('tells a person who lost every right whom to ask', () => {
    const the = atForm();
    the.settings({ environments: [] });

    the.click('rosa', 'connect-continue');

    expect(the.last.reply.errors[0]?.message).toContain('ask Ada Admin');
  });

  it('is stale when it was filled in on an older card', () => {
    const the = atForm();

    the.click('rosa', 'connect-continue', {}, { stale: true });

    expect(the.last.reply).toMatchObject({
      outcome: 'stale',
      because: expect.stringContaining('form waits for answers'),
    });
  });
});

describe('typing into the form', () => {
  it.each([
    ['apps orders and billing', { apps: ['orders', 'billing'], wildcard: false }],
    ['app Orders & hr', { apps: ['orders', 'hr'] }],
    ['every app', { wildcard: true }],
    ['apps *', { wildcard: true }],
    ['network spoke-vnet', { networks: [spoke.id] }],
    [`networks hub-vnet and ${pasted}`, { networks: [hub.id, pasted] }],
    ['environment prod', { environment: 'mendix-prod' }],
    ['database yes', { wish: 'database' }],
    ['rules yes', { openRules: true }],
    ['gateway yes', { useGateway: true }],
    ['only the apps YES', { isolation: true }],
    ['connect mendix-prod to spoke-vnet for apps hr, crm', { networks: [spoke.id], apps: ['hr', 'crm'] }],
    ['continue', { networks: [hub.id], apps: ['orders'] }],
  ])('“%s” fills it in and goes on', (text, draft) => {
    const the = atForm();

    the.say('rosa', text);

    expect(connectAt(the, 'surveying').draft).toMatchObject(draft);
  });

  it('keeps what was right until the rest is said', () => {
    const the = openCase();
    the.say('rosa', 'connect');

    the.say('rosa', 'apps orders');
    expect(cardOf(the.last, 'connect-form').apps).toBe('orders');
    expect(messageOf(the.last, 'answer').content.text).toContain('Choose the other network');
    the.say('rosa', 'network hub-vnet');

    expect(connectAt(the, 'surveying').draft).toMatchObject({
      environment: 'mendix-prod',
      networks: [hub.id],
      apps: ['orders'],
    });
  });

  it('takes names instead of every app', () => {
    const the = atForm({}, 'connect mendix-prod to hub-vnet for all apps');
    expect(connectAt(the, 'asking').draft.wildcard).toBe(true);

    the.say('rosa', 'apps orders');

    expect(connectAt(the, 'surveying').draft).toMatchObject({ wildcard: false, apps: ['orders'] });
  });

  it('answers somebody else to them alone, and leaves the talk of people alone', () => {
    const the = atForm();

    the.say('ben', 'cancel');
    expect(messages(the.last)).toMatchObject([{ onlyFor: 'ben' }]);
    the.say('ben', 'shall we have lunch?');

    expect(the.last.effects).toEqual([]);
    expect(whereIs(the.state)).toBe('connect/asking');
  });
});
