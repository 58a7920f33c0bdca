/** What a plan promises, one try for each name in each network that shall use it. Nothing else is ever tried for reach. */
import type { Plan, ResourceId } from '../plan/plan.ts';
import { addressOf, shortName } from '../plan/resource-id.ts';
import { sameResource, type Survey } from '../plan/world.ts';
import { isPromisedTo, promisedAddress } from './verify-names.ts';

export interface PromisedTry {
  network: ResourceId;
  /** What people call the network; with its resource group where the name alone is another's as well. */
  from: string;
  /** May begin with `*.`. */
  host: string;
  address: string;
  port: number;
}

export function promisedTries({ promises }: Plan, seen: Survey): PromisedTry[] {
  return promises.from.flatMap((network) =>
    promises.names
      .filter((promise) => isPromisedTo(promise, { id: network }))
      .flatMap((promise) => {
        const address = promisedAddress(promise, seen);
        const from = placeName(network, promises.from);
        return address === null ? [] : [{ network, from, host: promise.name, address, port: promises.port }];
      }),
  );
}

export function placeName(id: ResourceId, among: readonly ResourceId[]): string {
  const name = shortName(id);
  const isShared = among.some(
    (other) => !sameResource(other, id) && shortName(other).toLowerCase() === name.toLowerCase(),
  );
  return isShared ? `${addressOf(id).resourceGroup}.${name}` : name;
}

/** A name that a machine can ask for: any one stands for all below a wildcard. */
export function nameUnder(host: string): string {
  return host.startsWith('*.') ? `causeway-check${host.slice(1)}` : host;
}
