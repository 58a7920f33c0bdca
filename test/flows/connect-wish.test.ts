import { describe, expect, it } from 'vitest';
import type { LinkServiceSeen } from '../../src/plan/world.ts';
import {
  atForm,
  cardOf,
  type Case,
  connectAt,
  directory,
  discovery,
  effectsOf,
  hub,
  messageOf,
  monday,
  openCase,
  spoke,
  whereIs,
} from './cases.ts';

const erp: LinkServiceSeen = {
  id: '/subscriptions/sub-fin/resourceGroups/finance/providers/Microsoft.Network/privateLinkServices/pls-erp',
  name: 'pls-erp',
  location: 'westeurope',
  alias: 'pls-erp.5b0c1f6e-2d1a-4f7e-9c55-000000000002.westeurope.azure.privatelinkservice',
  frontends: [],
  natSubnets: [],
  visibleTo: ['*'],
  autoApproves: [],
  connections: [],
};
const ofTheApps: LinkServiceSeen = {
  ...erp,
  id: '/subscriptions/sub-mendix/resourceGroups/mrg-prod/providers/Microsoft.Network/privateLinkServices/pls-apps',
  name: 'pls-apps',
};
const knowing = { discovery: { value: { ...discovery, linkServices: [erp, ofTheApps] }, readAt: monday } };

function asked(words: string): Case {
  const the = openCase(knowing);
  the.say('rosa', words);
  return the;
}

function answersOf(the: Case) {
  return effectsOf(the.last, 'survey').map(({ answers }) => answers);
}

describe('what should work decides what is asked', () => {
  it.each<[string, object, object]>([
    [
      'let apps in mendix-prod reach erp.corp.example:8443 via pls-erp',
      { wish: 'service', service: 'erp.corp.example:8443', link: erp.id, linkId: '', asksNetwork: false },
      {
        scenario: 'service-by-endpoint',
        apps: [],
        service: { fqdn: 'erp.corp.example', privateLinkService: erp.id, port: 8443 },
      },
    ],
    [
      `let apps in mendix-prod reach erp.corp.example via ${erp.alias}`,
      { wish: 'service', link: erp.id },
      { service: { privateLinkService: erp.id } },
    ],
    [
      'our apps need to call erp.corp.example in hub-vnet at 10.20.1.7',
      { wish: 'service', asksNetwork: true, network: hub.id, address: '10.20.1.7' },
      { networks: [hub.id], service: { fqdn: 'erp.corp.example', privateLinkService: null, address: '10.20.1.7' } },
    ],
    [
      'use our DNS servers 10.1.0.4 and 10.1.0.5 for mendix-prod',
      { wish: 'dns', servers: '10.1.0.4, 10.1.0.5', asksNetwork: false, threeSteps: false },
      { scenario: 'dns-servers', dnsServers: ['10.1.0.4', '10.1.0.5'], networks: [] },
    ],
    [
      'read access to the database of mendix-prod from spoke-vnet',
      { wish: 'database', network: spoke.id, networkLabel: 'The network that reads' },
      { scenario: 'database-read', networks: [spoke.id], apps: [] },
    ],
    [
      'repair the peering between hub-vnet and mendix-prod',
      { wish: 'peering', environment: 'mendix-prod', network: hub.id },
      { scenario: 'apps-by-peering', peeringOnly: true, networks: [hub.id], apps: [] },
    ],
    [
      'connect mendix-prod to hub-vnet and spoke-vnet for apps orders and shop.corp.example, isolated',
      { wish: 'apps', network: hub.id, networkId: 'spoke-vnet', apps: 'orders, shop.corp.example', isolation: 'yes' },
      { scenario: null, networks: [hub.id, spoke.id], apps: ['orders', 'shop.corp.example'] },
    ],
    [
      'connect mendix-prod to hub-vnet through its gateway for all apps and open the nsg rules',
      { names: 'wildcard', extras: 'rules,gateway' },
      { apps: '*', useGateway: true, openSecurityRules: true },
    ],
  ])('%s', (words, form, answers) => {
    const the = asked(words);
    expect(cardOf(the.last, 'connect-form')).toMatchObject({ ...form, problems: [] });
    expect(cardOf(the.last, 'connect-form').needed).toMatch(/^Everything is filled in/);

    the.say('rosa', 'continue');

    expect(answersOf(the)).toMatchObject([answers]);
  });

  it.each([
    ['connect', 'the other network and the apps'],
    ['let mendix-prod reach erp.corp.example', null],
    ['use our own DNS servers for mendix-prod', 'the DNS servers'],
    ['give us direct database access for mendix-prod', 'the other network'],
  ])('“%s” leaves to be said: %s', (words, missing) => {
    expect(cardOf(asked(words).last, 'connect-form').needed).toContain(missing ?? 'Everything is filled in');
  });

  it('asks other things for another wish, keeps what was said, and calls nothing a mistake', () => {
    const the = asked('connect mendix-prod to hub-vnet');

    the.click('rosa', 'connect-continue', { wish: 'service', environment: 'mendix-prod', network: hub.id, apps: '' });
    expect(the.last.reply.outcome).toBe('done');
    expect(cardOf(the.last, 'connect-form')).toMatchObject({
      wish: 'service',
      problems: [],
      network: hub.id,
      needed: expect.stringContaining('the name of the service'),
    });
    the.click('rosa', 'connect-continue', { service: 'erp.corp.example', linkId: 'pls-erp' });

    expect(answersOf(the)).toMatchObject([{ networks: [hub.id], service: { privateLinkService: erp.id } }]);
  });

  it('goes on at once when the new wish needs nothing more', () => {
    const the = atForm();

    the.click('rosa', 'connect-continue', { wish: 'peering' });

    expect(whereIs(the.state)).toBe('connect/surveying');
  });

  it.each([
    ['service', { service: 'erp' }, /no whole DNS name/],
    ['service', { service: 'erp.corp.example:99999' }, /no whole DNS name/],
    ['linkId', { linkId: 'pls-crm' }, /no Private Link service called “pls-crm”.*alias/],
    ['linkId', { linkId: ofTheApps.id.replace('mrg-prod', 'mrg-payroll') }, /may not ask for/],
    ['address', { address: '10.20.1' }, /no IPv4 address/],
  ])('says on the field %s what is wrong with %o', (input, inputs: Record<string, string>, message) => {
    const the = asked('let apps in mendix-prod reach erp.corp.example via pls-erp');

    the.click('rosa', 'connect-continue', inputs);

    expect(the.last.reply.errors).toMatchObject([{ input, message: expect.stringMatching(message) }]);
    expect(connectAt(the, 'asking').draft.service).toMatchObject({ fqdn: 'erp.corp.example', link: erp.id });
  });

  it('says which DNS server is no address', () => {
    const the = asked('use our DNS servers 10.1.0.4 for mendix-prod');

    the.click('rosa', 'connect-continue', { servers: '10.1.0.4, dns1' });

    expect(the.last.reply.errors).toMatchObject([{ input: 'servers', message: expect.stringContaining('“dns1”') }]);
  });

  it('takes the Private Link service that was chosen after another one was pasted', () => {
    const foreign = erp.id.replace('pls-erp', 'pls-far');
    const the = asked(`let apps in mendix-prod reach erp.corp.example via ${foreign}`);
    expect(cardOf(the.last, 'connect-form')).toMatchObject({ link: '', linkId: foreign });

    the.click('rosa', 'connect-continue', { link: erp.id, linkId: foreign });

    expect(answersOf(the)).toMatchObject([{ service: { privateLinkService: erp.id } }]);
  });

  it('offers no Private Link service of an environment: those serve its apps', () => {
    const form = cardOf(asked('let apps in mendix-prod reach erp.corp.example').last, 'connect-form');

    expect(form.linkServices.map(({ value }) => value)).toEqual([erp.id]);
  });

  it('knows an environment by its managed resource group, and by its application', () => {
    const group = '/subscriptions/SUB-mendix/resourceGroups/mrg-prod';
    const application =
      '/subscriptions/sub-mendix/resourceGroups/apps/providers/Microsoft.Solutions/applications/mendix-prod';

    for (const id of [group, application]) {
      const the = asked(`connect ${id} to hub-vnet for app orders`);
      expect(cardOf(the.last, 'connect-form')).toMatchObject({ environment: 'mendix-prod', problems: [] });
    }
  });

  it('tells whom to ask for an environment that is not theirs, and not what stands there', () => {
    const the = asked('use our DNS servers 10.1.0.4 for payroll');

    const { problems, environments } = cardOf(the.last, 'connect-form');
    expect(problems).toEqual([expect.stringContaining('ask Ada Admin to add you to “mayRequest”')]);
    expect(environments.map(({ value }) => value)).toEqual(['mendix-prod']);
  });

  it.each([
    'let apps in mendix-prod reach erp.corp.example via pls-erp',
    'use our DNS servers 10.1.0.4 for mendix-prod',
    'read access to the database of mendix-prod from hub-vnet',
    'repair the peering between mendix-prod and hub-vnet',
    'draft',
  ])('the outsider gets a refusal for “%s”, and nothing is read for them', (words) => {
    const the = openCase({ discovery: null });

    the.say('otto', words);

    expect(the.last.reply.outcome).toBe('refused');
    expect(effectsOf(the.last, 'discover')).toEqual([]);
    expect(messageOf(the.last, 'refused').onlyFor).toBe('otto');
  });

  it('keeps the answers of a form that was left for another wish and back', () => {
    const the = openCase({ directory });
    the.say('rosa', 'connect mendix-prod to hub-vnet for app orders');

    the.click('rosa', 'connect-continue', { wish: 'dns', environment: 'mendix-prod' });
    the.say('rosa', 'database no');

    expect(connectAt(the, 'surveying').draft).toMatchObject({ wish: 'apps', apps: ['orders'], networks: [hub.id] });
  });
});
