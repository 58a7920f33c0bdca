import { describe, expect, it } from 'vitest';
import { readIntent } from '../../src/policy/intent.ts';

describe('a first message', () => {
  it.each([
    'can I change the AKS tier?',
    'who patches the nodes?',
    'what does deleting the managed application do?',
    'how often are the nodes patched?',
    'what happens if we delete the managed application?',
    'how do we restore a snapshot?',
    'are you SOC 2 compliant?',
    'Can we use Azure Service Bus with our app?',
    'what severity is a production outage?',
    'how fast do you respond when production is down?',
    'who do I call if prod is down?',
    'I would like to know who is responsible for the DNS',
    'does a failed initialization open a ticket by itself?',
    'why is there no Defender on the cluster?',
    'can the quarterly update be postponed?',
    'could you tell me where the backups are stored',
    'which mendix versions are supported',
    'we are going to delete the managed app tomorrow',
    'Please remove the managed resource group',
    'hi, is it possible to make grafana private?',
    'is a slow app critical?',
    'what is the weather?',
    'when is the next update',
    'We are a new customer. Where do I see my tickets?',
    'is an outage on sunday counted in office hours?',
    'do I have to open a ticket when initialization fails?',
    'I have a question about the severities',
    'should we delete the peering?',
    'how do I open a ticket',
    'what should we do when the recovery button does not help?',
    'Do you support Mendix 9?',
    'how long does critical take to get an answer',
    'Whose job is it to set up the routing?',
    'is it allowed to add a firewall?',
    'can somebody explain the ticket statuses',
    'what if the deployment fails because of an old version',
    'which things can we change ourselves',
    'Are backups included?',
    'is support available on weekends',
    'does mendix see our data',
    "I'm planning to remove the storage account with the backups next week",
    'what is meant by best effort?',
    'Could the nodes be patched more often?',
  ])('%s: is a question', (text) => {
    expect(readIntent(text)).toEqual({ job: 'question' });
  });

  it.each([
    'prod is down, can you help?',
    "why can't I reach my app?",
    'prod is down since 8, recovery button did nothing, pls help',
    'can you open port 5432 to our data lake',
    'I cannot connect to prod',
    'I need to open a ticket',
    'our connection is slow',
    'is prod down?',
    'Who is responsible for this? Production is unreachable since noon.',
    'the cluster initialisation failed twice, do i need to raise a ticket myself?',
    'someone deleted the managed app by accident, what now?',
    'we cannot create a cluster, how severe is that?',
    'Can you look at our acceptance environment, it does not respond?',
    'why is production so slow today?',
    'app is broken again!!',
    'What is wrong with prod? Nobody can log in.',
    'how do we get production back up? it is down',
    'please postpone the quarterly update',
    'when I open the app I get an error',
    'prod is down, should we delete the managed application?',
    'do you know why prod is down',
    'has anybody else trouble? our test environment is down',
    'could you scale up the node pool',
    'everything is slow since this morning, any idea?',
    'our users get an error 502 when they open orders, what should we do?',
    'URGENT production not reachable',
    'deployment fails with an error, who can help?',
    'Why do names no longer resolve in acceptance?',
    'the app cannot reach SAP. What could it be?',
    'Grafana shows nothing, is there an outage?',
    'Could you increase the number of nodes for us',
    'initialization failed. what now?',
    'it does not work',
    'are you aware of problems with the portal? I get errors',
  ])('%s: is a case for support', (text) => {
    expect(readIntent(text)).toEqual({ job: 'support' });
  });

  it.each([
    'can you connect prod to hub?',
    'connect mendix-prod to our hub network for app orders',
    'Could you peer mendix-acc to the spoke-7 vnet for orders, billing and hr apps?',
    'we want to connect “mendix-prod” to hub-vnet',
    'hi, please connect our environment to our network',
    'could you please connect mendix-acc with spoke-7',
    'Link mendix-prod to hub-vnet for billing',
  ])('%s: is a connection', (text) => {
    expect(readIntent(text).job).toBe('connect');
  });

  it.each(['/help', 'help', 'What can you do?', 'hi!', 'what do you do?'])('%s: asks for help', (text) => {
    expect(readIntent(text)).toEqual({ job: 'help' });
  });

  it.each(['link please', 'what a nice day', 'send me the logs', '', 'see you tomorrow'])('%s: is unknown', (text) => {
    expect(readIntent(text)).toEqual({ job: 'unknown' });
  });
});

it.each([
  ' '.repeat(100_000),
  'please '.repeat(30_000),
  `connect ${'a, '.repeat(30_000)}`,
  `connect a to b for ${'x, '.repeat(30_000)}apps`,
  `${'is our app '.repeat(30_000)}?`,
  `why ${'a, '.repeat(30_000)}?`,
])('reads a very long message in bounded time', (text) => {
  expect(['connect', 'support', 'question', 'unknown']).toContain(readIntent(text).job);
});
