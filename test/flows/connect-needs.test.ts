import { describe, expect, it } from 'vitest';
import type { LinkServiceSeen } from '../../src/plan/world.ts';
import { network, surveyOf } from '../plan/world.ts';
import { atForm, atMethod, type Case, cardOf, connectAt, discovery, messageOf, monday, openCase } from './cases.ts';

const erp: LinkServiceSeen = {
  id: '/subscriptions/sub-fin/resourceGroups/finance/providers/Microsoft.Network/privateLinkServices/pls-erp',
  name: 'pls-erp',
  location: 'westeurope',
  alias: null,
  frontends: [],
  natSubnets: [],
  visibleTo: ['*'],
  autoApproves: [],
  connections: [],
};

function forService(words: string, survey = surveyOf()): Case {
  const the = openCase({ discovery: { value: { ...discovery, linkServices: [erp] }, readAt: monday } });
  the.say('rosa', words);
  the.click('rosa', 'connect-continue', {});
  the.happen({ type: 'surveyed', question: the.revision, survey });
  return the;
}

describe('what a connection must carry besides', () => {
  it('is asked where a method is to be chosen, with what was said', () => {
    const form = cardOf(
      atForm({}, 'connect mendix-prod to hub-vnet for app orders, both directions').last,
      'connect-form',
    );

    expect(form).toMatchObject({ asksNeeds: true, needs: 'services' });
    expect(cardOf(atForm({}, 'use our DNS servers 10.1.0.4 for mendix-prod').last, 'connect-form').asksNeeds).toBe(
      false,
    );
  });

  it.each([
    ['source-address,idle-connections', ['source-address', 'idle-connections']],
    ['', []],
  ])('is read from the ticks “%s”', (ticked, needs) => {
    const the = atForm({}, 'connect mendix-prod to hub-vnet for app orders, both directions');

    the.click('rosa', 'connect-continue', { needs: ticked });

    expect(connectAt(the, 'surveying').draft.needs).toEqual(needs);
  });

  it.each([
    ['needs source address', ['source-address']],
    ['needs services in both directions and idle connections', ['services', 'idle-connections']],
    ['needs nothing', []],
  ])('can be typed as “%s”', (text, needs) => {
    const the = atForm();

    the.say('rosa', text);

    expect(connectAt(the, 'surveying').draft.needs).toEqual(needs);
  });

  it('says what it does not know, and keeps what was said before', () => {
    const the = atForm({}, 'connect mendix-prod to hub-vnet for app orders, both directions');

    the.say('rosa', 'needs more power');

    expect(connectAt(the, 'asking').draft.needs).toEqual(['services']);
    expect(JSON.stringify(the.last.reply)).toContain('I do not know what “more power” asks');
  });

  it('tells why the method that was asked for costs something', () => {
    const the = atForm({}, 'connect mendix-prod to hub-vnet for app orders, isolated, with the source address');
    the.click('rosa', 'connect-continue', {});
    the.happen({ type: 'surveyed', question: the.revision, survey: surveyOf() });
    const { columns, headline } = cardOf(the.last, 'connect-method');

    expect(headline).toBe('Private Link fits best');
    expect(columns[1]?.costs.join(' ')).toContain('one translated address');
  });
});

describe('a service that is behind Private Link', () => {
  const words = 'let apps in mendix-prod reach erp.corp.example in hub-vnet via pls-erp';

  it.each([
    [words, 'Private Link fits best'],
    [`${words}, both directions`, 'Peering fits best'],
    [`${words}, also ICMP`, 'Peering fits best'],
  ])('“%s”: %s', (text, headline) => {
    expect(cardOf(forService(text).last, 'connect-method').headline).toBe(headline);
  });

  it('cannot be reached by what Private Link does not carry when its network was not named', () => {
    const { last } = forService(
      'let apps in mendix-prod reach erp.corp.example via pls-erp, also ICMP',
      surveyOf({ networks: [] }),
    );
    const card = cardOf(last, 'connect-method');

    expect(card.headline).toBe('Neither method fits as asked');
    expect(card.waysOut[0]).toContain('Name the network in which the service stands');
    expect(messageOf(last, 'connect').verbs).toEqual(['back', 'cancel']);
  });
});

describe('a method whose ground could not be read', () => {
  it('is never green', () => {
    const { columns, headline } = cardOf(atMethod(surveyOf({ networks: [] })).last, 'connect-method');

    expect(headline).toBe('Peering fits best, if the address ranges allow it');
    expect(columns[0]).toMatchObject({ tone: 'warning', verdict: expect.stringMatching(/^\?/) });
  });

  it('says of one that is out of the question what is missed, and nothing more', () => {
    const survey = surveyOf({ networks: [network('hub-vnet', '192.168.0.0/20')] });

    expect(cardOf(atMethod(survey).last, 'connect-method').columns[0]).toMatchObject({
      gives: expect.stringContaining('Both networks'),
      exposes: '',
      needs: '',
      costs: [],
    });
  });
});
