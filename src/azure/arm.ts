/**
 * The way to Azure Resource Manager. The SDK is loaded at the first call, because a bot without Azure should not pay for
 * it; there is one client per subscription.
 */
import type { NetworkManagementClient } from '@azure/arm-network';
import type { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import type { Json, ResourceId } from '../plan/plan.ts';
import type { LongQuestion, Written } from './arm-plain.ts';
import { type ArmOptions, loadArm, type OperationFamily } from './arm-load.ts';
import type { LongOperation } from './long-operation.ts';

export interface Arm {
  /** Loads the SDK before the first call: whoever goes on with work after a restart does not wait for it then. */
  load(): Promise<void>;
  network(subscription: string): Promise<NetworkManagementClient>;
  dns(subscription: string): Promise<PrivateDnsManagementClient>;
  /** All pages of a list. `path` begins with a slash. */
  list(path: string, apiVersion: string): Promise<unknown[]>;
  /** A resource as Azure shows it; null when there is none. */
  read(id: ResourceId, apiVersion: string): Promise<unknown>;
  /** A question that takes a body and changes nothing. */
  ask(path: string, apiVersion: string, question: Json): Promise<unknown>;
  /** The same for a question that takes long to answer. */
  begin(path: string, apiVersion: string, question: Json): Promise<LongQuestion>;
  /** Writes a resource whole. Null: done in one go. */
  put(id: ResourceId, apiVersion: string, written: Written): Promise<LongOperation | null>;
  /** Null: gone in one go, or not there. */
  remove(id: ResourceId, apiVersion: string): Promise<LongOperation | null>;
  /**
   * Goes on with an operation that an earlier process began. Null when what was stored names another host: then nothing
   * is asked there, and the resource has to be read instead.
   */
  resume(family: OperationFamily, subscription: string, serialized: string): Promise<LongOperation | null>;
}

export function createArm(options: ArmOptions): Arm {
  let loading: ReturnType<typeof loadArm> | null = null;
  function loaded(): ReturnType<typeof loadArm> {
    loading ??= loadArm(options);
    return loading;
  }
  return {
    load: async () => void (await loaded()),
    network: async (subscription) => (await loaded()).network(subscription),
    dns: async (subscription) => (await loaded()).dns(subscription),
    list: async (path, apiVersion) => (await loaded()).list(versioned(path, apiVersion)),
    read: async (id, apiVersion) => (await loaded()).read(versioned(id, apiVersion)),
    ask: async (path, apiVersion, question) => (await loaded()).ask(versioned(path, apiVersion), question),
    begin: async (path, apiVersion, question) => (await loaded()).begin(versioned(path, apiVersion), question),
    put: async (id, apiVersion, written) => (await loaded()).put(versioned(id, apiVersion), written),
    remove: async (id, apiVersion) => (await loaded()).remove(versioned(id, apiVersion)),
    resume: async (family, subscription, serialized) => (await loaded()).resume(family, subscription, serialized),
  };
}

function versioned(path: string, apiVersion: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}api-version=${apiVersion}`;
}
