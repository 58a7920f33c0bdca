/** A simulator with a clock that the test moves, and plain requests to it. */
import type { Simulator } from '../../../src/simulators/server.ts';
import { type AzureSimulatorOptions, startAzureSimulator } from '../../../src/simulators/azure/start.ts';

/** What tests look into, of any resource, list, status or error. Which of it is there is what they find out. */
export interface ArmBody {
  id: string;
  name: string;
  type: string;
  etag: string;
  location: string;
  managedBy: string;
  sku: { name: string };
  status: string;
  error: { code: string; message: string };
  value: ArmBody[];
  nextLink?: string;
  properties: {
    provisioningState: string;
    peeringState: string;
    peeringSyncLevel: string;
    addressSpace: { addressPrefixes: string[] };
    dhcpOptions: { dnsServers: string[] };
    subnets: ArmBody[];
    virtualNetworkPeerings?: ArmBody[];
    permissions: { actions: string[] }[];
    managedResourceGroupId: string;
    frontendIPConfigurations: { properties: { privateIPAddress: string } }[];
    aRecords: { ipv4Address: string }[];
    fqdn: string;
    privateLinkServiceNetworkPolicies: string;
    numberOfRecordSets: number;
    numberOfVirtualNetworkLinks: number;
  };
}

export interface ArmAnswer<Body = ArmBody> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface WorldBody {
  resources: Record<string, ArmBody>;
  operations: unknown[];
}

export interface ArmBench {
  simulator: Simulator;
  /** The same bench with the token of another directory. */
  as(tenant: string): ArmBench;
  get(path: string, query?: string): Promise<ArmAnswer>;
  put(path: string, body: unknown, more?: { query?: string; headers?: Record<string, string> }): Promise<ArmAnswer>;
  delete(path: string, headers?: Record<string, string>): Promise<ArmAnswer>;
  post(path: string, body: unknown): Promise<ArmAnswer>;
  /** A PUT with what it needs to be accepted, after so much time that it is done. */
  make(path: string, body: unknown): Promise<ArmAnswer>;
  reach(from: string, address: string, port?: number): Promise<{ open: boolean; because: string }>;
  resolve(network: string, name: string): Promise<{ status: string; addresses: string[]; zone: string | null }>;
  raw(path: string, init?: RequestInit): Promise<ArmAnswer>;
  /** Follows an operation URL of an answer, whatever host it names. */
  operation(accepted: ArmAnswer): Promise<ArmAnswer>;
  /** Lets so much time pass that everything under way is done. */
  pass(seconds?: number): void;
  control<Answer = { error: string }>(name: string, body: unknown): Promise<ArmAnswer<Answer>>;
  world(): Promise<WorldBody>;
}

export const apiVersion = 'api-version=2026-01-01';

/** Nothing that was accepted is done until the test lets time pass. Records answer after a real second divided by the speed. */
export async function startBench(options: AzureSimulatorOptions = {}): Promise<ArmBench> {
  let now = Temporal.Instant.from('2026-03-02T09:00:00Z');
  const simulator = await startAzureSimulator({ speed: 200, now: () => now, ...options });
  return benchFor(simulator, 'test', (seconds) => {
    now = now.add({ milliseconds: Math.round(seconds * 1000) });
  });
}

function benchFor(simulator: Simulator, token: string, pass: (seconds: number) => void): ArmBench {
  const authorized = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  async function raw<Body>(path: string, init: RequestInit = {}): Promise<ArmAnswer<Body>> {
    const response = await fetch(`${simulator.origin}${path}`, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    };
  }
  const bench: ArmBench = {
    simulator,
    raw,
    as: (tenant) => benchFor(simulator, tokenOf(tenant), pass),
    get: (path, query = '') => raw(`${path}?${apiVersion}${query}`, { headers: authorized }),
    put: (path, body, { query = '', headers = {} } = {}) =>
      raw(`${path}?${apiVersion}${query}`, {
        method: 'PUT',
        headers: { ...authorized, ...headers },
        body: JSON.stringify(body),
      }),
    delete: (path, headers = {}) =>
      raw(`${path}?${apiVersion}`, { method: 'DELETE', headers: { ...authorized, ...headers } }),
    post: (path, body) =>
      raw(`${path}?${apiVersion}`, { method: 'POST', headers: authorized, body: JSON.stringify(body) }),
    make: async (path, body) => {
      const accepted = await bench.put(path, body);
      if (accepted.status >= 300) {
        throw new Error(`PUT ${path}: ${accepted.body.error.code} ${accepted.body.error.message}`);
      }
      pass(1);
      return bench.get(path);
    },
    operation: (accepted) => {
      const url = new URL(accepted.headers.get('azure-asyncoperation') ?? '');
      return raw(`${url.pathname}${url.search}`, { headers: authorized });
    },
    pass: (seconds = 1) => pass(seconds),
    control: (name, body) => raw(`/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) }),
    reach: async (from, address, port = 443) =>
      (await bench.control<{ open: boolean; because: string }>('reach', { from, address, port })).body,
    resolve: async (network, name) =>
      (await bench.control<Awaited<ReturnType<ArmBench['resolve']>>>('resolve', { network, name })).body,
    world: async () => (await raw<WorldBody>('/_sim/world')).body,
  };
  return bench;
}

/** A token of this directory, as far as the simulator looks into tokens. */
export function tokenOf(tenant: string): string {
  return `header.${Buffer.from(JSON.stringify({ tid: tenant })).toString('base64url')}.signature`;
}

/** The body of one half of a peering. */
export function peeringTo(id: string, more: Record<string, unknown> = {}): unknown {
  return { properties: { remoteVirtualNetwork: { id }, allowVirtualNetworkAccess: true, ...more } };
}

/** The body of a link of a private zone. */
export function linkTo(id: string): unknown {
  return { location: 'global', properties: { virtualNetwork: { id }, registrationEnabled: false } };
}

export function recordOf(...addresses: string[]): unknown {
  return { properties: { ttl: 300, aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) } };
}
