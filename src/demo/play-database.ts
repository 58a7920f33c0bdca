/** Scenario 5: data-vnet reads the replica of the database of mendix-prod, by name. */
import { answerFor, approve, ask, checkReach, goThrough, networkId, proof, proved } from './play-steps.ts';
import type { Stage } from './stage.ts';

const domain = 'postgres.database.azure.com';
const replica = `mendix-prod-db-replica.${domain}`;
const primary = `mendix-prod-db.${domain}`;
const address = '192.168.1.5';

export async function playDatabase(stage: Stage): Promise<void> {
  const { record } = stage;
  record.title('Read the database of mendix-prod from data-vnet');
  const data = await networkId(stage, 'data-vnet');
  const before = await answerFor(stage, data, primary);
  const thread = await ask(stage, 'read access to the database of mendix-prod from data-vnet');
  await goThrough(stage, thread, ['connect-continue', 'ask-approval']);
  await approve(stage);
  await proof(stage, thread, proved);

  record.title('The simulated world, asked directly');
  const answer = await answerFor(stage, data, replica);
  record.check(`${replica} resolves in data-vnet`, answer === `answered ${address}`, answer);
  await checkReach(stage, `${address} answers on port 5432 from data-vnet`, {
    from: data,
    address,
    port: 5432,
    open: true,
  });
  const other = await answerFor(stage, data, primary);
  record.check(`${primary} resolves as before`, other === before, `${other}, before ${before}`);
}
