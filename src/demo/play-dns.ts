/**
 * Scenario 4: mendix-acc asks the company's own DNS server, in corp-vnet, with which it is peered. In the end that is
 * taken back, and everything is as before.
 */
import { answerFor, approve, ask, checkReach, goThrough, networkId, proof, proved, undo } from './play-steps.ts';
import type { Stage } from './stage.ts';

const server = '10.60.0.4';
const name = 'intranet.corp.example.com';
const address = '10.60.1.20';

export async function playDnsServers(stage: Stage): Promise<void> {
  const { record } = stage;
  record.title('Let mendix-acc ask the DNS server in corp-vnet');
  const environment = await networkId(stage, 'mendix-acc-vnet');
  const before = await answerFor(stage, environment, name);
  const subnets = await subnetsOf(stage, environment);
  const thread = await ask(stage, `use our DNS servers ${server} for mendix-acc`);
  await goThrough(stage, thread, ['connect-continue', 'ask-approval']);
  await approve(stage);
  const result = await proof(stage, thread, proved);
  record.check('The card says that the nodes still have to learn of it', /nodes/.test(result.text), result.text);

  record.title('The simulated world, asked directly');
  const answer = await answerFor(stage, environment, name);
  record.check(`${name} resolves in mendix-acc-vnet`, answer === `answered ${address}`, answer);
  await checkReach(stage, `The server ${server} answers on port 53`, {
    from: environment,
    address: server,
    port: 53,
    open: true,
  });
  const left = await subnetsOf(stage, environment);
  record.check('The network lost no subnet by the write', left === subnets, left);

  await undo(stage, thread, result);
  const after = await answerFor(stage, environment, name);
  record.check('After the undo the name resolves as before', after === before, `${after}, before ${before}`);
}

async function subnetsOf(stage: Stage, network: string): Promise<string> {
  const resources = await stage.world.resources();
  const { subnets = [] } = (resources[network] as { properties?: { subnets?: { name: string }[] } }).properties ?? {};
  const own = Object.keys(resources).filter((id) => id.startsWith(`${network}/subnets/`));
  return [...new Set([...subnets.map((subnet) => subnet.name), ...own.map((id) => id.split('/').at(-1) ?? '')])]
    .toSorted()
    .join(', ');
}
