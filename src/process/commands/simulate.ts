/** `causeway simulate`: only the simulators, until it is told to stop. */
import { parseArgs } from 'node:util';
import { exampleRegistration, startSimulators } from '../simulate.ts';
import { untilToldToStop } from './told-to-stop.ts';

export async function simulateCommand(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const teamsOptions = { 'teams-port': text, 'teams-app-id': text, 'teams-tenant-id': text };
  const { values } = parseArgs({
    args,
    options: { 'arm-port': text, 'zendesk-port': text, 'slack-port': text, ...teamsOptions, world: text, speed: text },
  });
  const withTeams = Object.keys(teamsOptions).some((name) => name in values);
  const teams = {
    port: wholeNumber('--teams-port', values['teams-port'] ?? '0'),
    appId: values['teams-app-id'] ?? exampleRegistration.appId,
    tenantId: values['teams-tenant-id'] ?? exampleRegistration.tenantId,
  };
  const simulators = await startSimulators({
    armPort: wholeNumber('--arm-port', values['arm-port'] ?? '0'),
    zendeskPort: wholeNumber('--zendesk-port', values['zendesk-port'] ?? '0'),
    slack: { port: wholeNumber('--slack-port', values['slack-port'] ?? '0') },
    worldFile: values.world ?? null,
    speed: positive('--speed', values.speed ?? '20'),
    ...(withTeams ? { teams } : {}),
  });
  process.stdout.write(`${JSON.stringify(simulators.ports)}\n`);
  await untilToldToStop();
  await simulators.close();
  return 0;
}

function wholeNumber(name: string, value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`Reading ${name}: “${value}” is no port. Write a whole number from 0 to 65535.`);
  }
  return port;
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) {
    throw new Error(`Reading ${name}: “${value}” is no speed. Write a number above 0; 1 is real time.`);
  }
  return number;
}
