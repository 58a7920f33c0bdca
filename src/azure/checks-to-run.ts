/**
 * Checks that somebody can run inside a network, because the bot does not stand there. Whatever the shell and its
 * language, the answer holds the address, or words that are never translated.
 */
import { type CheckToRun, checkId, type LooksFor } from '../plan/evidence.ts';
import type { Plan } from '../plan/plan.ts';
import { sameResource, type Survey } from '../plan/world.ts';
import { type PromisedTry, promisedTries } from './promised-tries.ts';

/** Nobody has a shell in the environment's own network; there an app has to be asked. */
export function checksToRun(plan: Plan, seen: Survey): CheckToRun[] {
  const ours = seen.environment.network?.id ?? '';
  const tries = promisedTries(plan, seen).filter(({ network }) => !sameResource(network, ours));
  const isOneOfMany = new Set(tries.map(({ from }) => from)).size > 1;
  return tries.flatMap((wanted) => checksOf(wanted, isOneOfMany));
}

/** @param isOneOfMany Then the answer has to say where it was run. */
function checksOf({ from, host, address, port }: PromisedTry, isOneOfMany: boolean): CheckToRun[] {
  const shown = host.startsWith('*.') ? `<app>${host.slice(1)}` : host;
  const mark = isOneOfMany ? `echo from-${from}; ` : '';
  const { command, expect } = tryOf({ host: shown, address, port });
  return [
    { from, command: `${mark}nslookup ${shown}`, expect: address, ...lookFor(from, { what: 'name', host, address }) },
    {
      from,
      command: `${mark}${command}`,
      expect,
      powershell: { command: `${mark}Test-NetConnection ${shown} -Port ${port}`, expect: 'TcpTestSucceeded : True' },
      ...lookFor(from, { what: 'reach', host, address, port }),
    },
  ];
}

function lookFor(from: string, looksFor: LooksFor): Pick<CheckToRun, 'id' | 'looksFor'> {
  return { id: checkId(from, looksFor), looksFor };
}

function tryOf({ host, address, port }: Pick<PromisedTry, 'host' | 'address' | 'port'>): {
  command: string;
  expect: string;
} {
  switch (port) {
    case 443:
      return secureWeb(host, address);
    case 5432:
      return { command: `LC_ALL=C pg_isready -h ${host} -p 5432`, expect: 'accepting connections' };
    default:
      return { command: `LC_ALL=C nc -vz -w 10 ${host} ${port}`, expect: 'succeeded' };
  }
}

/** After a timeout curl prints the address it tried as well (measured), so its exit code is part of the word. */
function secureWeb(host: string, address: string): { command: string; expect: string } {
  return {
    command: `curl -sI --connect-timeout 10 -w "%{url_effective} connected-to-%{remote_ip}-exit-%{exitcode}\\n" https://${host}/`,
    expect: `connected-to-${address}-exit-0`,
  };
}
