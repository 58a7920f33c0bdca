/** Scenario 2: people in data-vnet open two apps over one private address, and nothing else of the environment. */
import { answerFor, approve, ask, checkReach, goThrough, networkId, proof, proved } from './play-steps.ts';
import type { Stage } from './stage.ts';

const apps = ['orders.azure.mendixapps.io', 'billing.azure.mendixapps.io'];
const otherApp = 'hr.azure.mendixapps.io';
const balancer = '192.168.0.10';
/** Of the subnet in which the endpoint gets its address. */
const subnet = /^answered (10\.30\.0\.\d+)$/;

export async function playPrivateLink(stage: Stage): Promise<void> {
  const { record } = stage;
  record.title('Connect mendix-prod to data-vnet by Private Link, isolated, for the apps orders and billing');
  const data = await networkId(stage, 'data-vnet');
  const before = await answerFor(stage, data, otherApp);
  const thread = await ask(stage, 'connect mendix-prod to data-vnet for apps orders and billing, isolated');
  await goThrough(stage, thread, ['connect-continue', 'use-private-link', 'ask-approval']);
  await approve(stage);
  await proof(stage, thread, proved);

  record.title('The simulated world, asked directly');
  const answers = await Promise.all(apps.map((app) => answerFor(stage, data, app)));
  for (const [index, app] of apps.entries()) {
    const answer = answers[index] ?? '';
    record.check(`${app} resolves to the endpoint in data-vnet`, subnet.test(answer), answer);
  }
  const address = subnet.exec(answers[0] ?? '')?.[1] ?? '';
  await checkReach(stage, `${address} answers on port 443 from data-vnet`, {
    from: data,
    address,
    port: 443,
    open: true,
  });
  await checkReach(stage, 'The load balancer itself stays out of reach', {
    from: data,
    address: balancer,
    port: 443,
    open: false,
  });
  const other = await answerFor(stage, data, otherApp);
  record.check(`${otherApp} resolves as before`, other === before, `${other}, before ${before}`);
}
