/** Scenario 3: the apps of mendix-prod reach an internal service over an endpoint in their own network. */
import { answerFor, approve, ask, checkReach, goThrough, networkId, proof, proved } from './play-steps.ts';
import type { Stage } from './stage.ts';

const service = 'inventory.corp.example';
/** Where the service really stands, in services-vnet. */
const behind = '10.71.0.10';
const balancer = '192.168.0.10';
const subnet = /^answered (192\.168\.1\.\d+)$/;

export async function playService(stage: Stage): Promise<void> {
  const { record } = stage;
  record.title('Let the apps of mendix-prod reach inventory.corp.example over a private endpoint');
  const environment = await networkId(stage, 'mendix-prod-vnet');
  const services = await networkId(stage, 'services-vnet');
  const thread = await ask(stage, `let apps in mendix-prod reach ${service} via pls-inventory`);
  await goThrough(stage, thread, ['connect-continue', 'use-private-link', 'ask-approval']);
  await approve(stage);
  await proof(stage, thread, proved);

  record.title('The simulated world, asked directly');
  const answer = await answerFor(stage, environment, service);
  record.check(`${service} resolves to the endpoint in mendix-prod-vnet`, subnet.test(answer), answer);
  const address = subnet.exec(answer)?.[1] ?? '';
  await checkReach(stage, `${address} answers on port 443 from mendix-prod-vnet`, {
    from: environment,
    address,
    port: 443,
    open: true,
  });
  await checkReach(stage, 'Nothing else of services-vnet can be reached', {
    from: environment,
    address: behind,
    port: 443,
    open: false,
  });
  await checkReach(stage, 'The service cannot reach the apps: it is one way', {
    from: services,
    address: balancer,
    port: 443,
    open: false,
  });
}
