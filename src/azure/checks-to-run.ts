/**
 * Checks that somebody can run inside a network, because the bot does not stand there. Each answer is one word that only
 * a good run prints, whatever the shell.
 */
import type { CheckToRun } from '../plan/evidence.ts';
import type { Plan } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import { sameResource, type Survey } from '../plan/world.ts';
import { isPromisedTo, promisedAddress } from './verify-names.ts';

/** Nobody has a shell in the environment's own network; there an app has to be asked. */
export function checksToRun({ promises }: Plan, seen: Survey): CheckToRun[] {
  const ours = seen.environment.network?.id ?? '';
  return promises.from
    .filter((id) => !sameResource(id, ours))
    .flatMap((id) =>
      promises.names
        .filter((promise) => isPromisedTo(promise, { id }))
        .flatMap((promise) => {
          const address = promisedAddress(promise, seen);
          const host = promise.name.startsWith('*.') ? `<app>${promise.name.slice(1)}` : promise.name;
          return address === null ? [] : checksOf(shortName(id), { host, address, port: promises.port });
        }),
    );
}

function checksOf(
  from: string,
  { host, address, port }: { host: string; address: string; port: number },
): CheckToRun[] {
  const named: CheckToRun = { from, command: `nslookup ${host}`, expect: address };
  switch (port) {
    case 443:
      return [named, { from, ...secureWeb(host, address) }];
    case 5432:
      return [named, { from, command: `pg_isready -h ${host} -p 5432`, expect: 'accepting' }];
    default:
      return [named];
  }
}

/** After a timeout curl prints the address it tried as well (measured), so its exit code is part of the word. */
function secureWeb(host: string, address: string): Omit<CheckToRun, 'from'> {
  return {
    command: `curl -sI --connect-timeout 10 -w "connected-to-%{remote_ip}-exit-%{exitcode}\\n" https://${host}/`,
    expect: `connected-to-${address}-exit-0`,
  };
}
