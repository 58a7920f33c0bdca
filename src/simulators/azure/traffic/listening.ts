/** What answers at an address of a network: a load balancer, an endpoint, a database, a DNS server, some machine. */
import { endpointAt, obeysSecurityRules } from '../types/endpoint-addresses.ts';
import { wishIn } from '../types/endpoint-connections.ts';
import { databasePort, delegatedServerAt, delegatedSubnetKey } from '../types/flexible-servers.ts';
import { type Frontend, frontends, portsOf } from '../types/load-balancers.ts';
import { configurationsOf, interfaceAt } from '../types/network-interfaces.ts';
import { serviceNamed } from '../types/private-endpoint-rules.ts';
import { frontendIdsOf, networkOfFrontend } from '../types/private-link-rules.ts';
import { databaseTypeName } from '../type-names.ts';
import { find, keyOf, networkKeyOf, type Resource, type SubResource, type World } from '../world.ts';
import { filteredBy } from './filter.ts';

export interface Listener {
  /** What security rules guard: the subnet and the interface, where they count. */
  guarded: Resource[];
  /** Whether packets find their way back by themselves, because Azure's network answers and not a machine. */
  answersByItself: boolean;
  /** The balancer, for the one rule that asks for its kind. */
  balancer?: Resource;
  answer(port: number): { open: boolean; because: string };
}

export function listenerAt(world: World, network: Resource, address: string): Listener | undefined {
  const frontend = frontends(world).find(
    (each) => each.address === address && networkOfFrontend(each) === keyOf(network),
  );
  if (frontend !== undefined) {
    return balancerListener(world, network, frontend);
  }
  const endpoint = endpointAt(world, keyOf(network), address);
  if (endpoint !== undefined) {
    return endpointListener(world, network, endpoint);
  }
  const server = delegatedServerAt(world, keyOf(network), address);
  if (server !== undefined) {
    const subnet = find(world, delegatedSubnetKey(world, keyOf(server)));
    return listener([subnet], (port) => databaseAnswer(server, address, port));
  }
  const machine = interfaceAt(world, keyOf(network), address);
  if (machine !== undefined) {
    return machineListener(world, network, machine, address);
  }
  return world.dnsServers[address]?.network?.toLowerCase() === keyOf(network)
    ? listener([], (port) => dnsAnswer(network, address, port))
    : undefined;
}

function balancerListener(world: World, network: Resource, frontend: Frontend): Listener {
  const { balancer, address = '' } = frontend;
  const subnet = find(world, frontend.subnetKey);
  return {
    ...listener([subnet], (port) =>
      listensOn(frontend, port)
        ? open(`${balancer.name} listens at ${address} in ${network.name}`)
        : closed(`${balancer.name} does not listen on port ${port}`),
    ),
    balancer,
  };
}

function listensOn(frontend: Frontend, port: number): boolean {
  return portsOf(frontend)?.includes(port) ?? true;
}

function endpointListener(world: World, network: Resource, endpoint: Resource): Listener {
  const subnet = find(world, (endpoint.properties['subnet'] as SubResource).id);
  return {
    guarded: obeysSecurityRules(world, endpoint) && subnet !== undefined ? [subnet] : [],
    answersByItself: true,
    answer: (port) => endpointAnswer(world, network, endpoint, port),
  };
}

/** An approved endpoint answers with what stands behind the service that it leads to. */
function endpointAnswer(world: World, network: Resource, endpoint: Resource, port: number): Answer {
  const wish = wishIn(endpoint.properties);
  if (wish?.state.status !== 'Approved') {
    return closed(
      `the connection of private endpoint ${endpoint.name} in ${network.name} is ${wish?.state.status ?? 'missing'}`,
    );
  }
  const target = serviceNamed(world, wish.target);
  if (target === undefined) {
    return closed(`what private endpoint ${endpoint.name} leads to is gone`);
  }
  const where = `private endpoint ${endpoint.name} in ${network.name}`;
  if (target.type === databaseTypeName) {
    return databaseAnswer(target, where, port);
  }
  const ids = frontendIdsOf(target);
  const frontend = frontends(world).find((each) => ids.includes(each.id.toLowerCase()));
  if (ids.length === 0) {
    return port === 443 ? open(`${where} leads to ${target.name}`) : closed(`${target.name} listens on port 443 only`);
  }
  return frontend === undefined
    ? closed(`the frontend behind private link service ${target.name} is gone`)
    : throughService(world, { service: target, frontend, where }, port);
}

interface Through {
  service: Resource;
  frontend: Frontend;
  where: string;
}

/** Behind the service the caller has one of the service's own addresses, and the rules over there count. */
function throughService(world: World, { service, frontend, where }: Through, port: number): Answer {
  const { balancer, address = '' } = frontend;
  if (!listensOn(frontend, port)) {
    return closed(`${balancer.name} behind private link service ${service.name} does not listen on port ${port}`);
  }
  const [nat] = (service.properties['networkInterfaces'] ?? []) as SubResource[];
  const natInterface = find(world, nat?.id);
  const source = natInterface === undefined ? '' : configurationsOf(natInterface)[0]?.properties.privateIPAddress;
  const network = find(world, frontend.subnetKey === undefined ? undefined : networkKeyOf(frontend.subnetKey));
  const refused =
    network === undefined
      ? undefined
      : filteredBy(world, { network, guarded: find(world, frontend.subnetKey) }, 'Inbound', {
          source: source ?? '',
          destination: address,
          port,
        });
  return refused === undefined
    ? open(`${where} leads through private link service ${service.name} to ${balancer.name} at ${address}`)
    : closed(`behind private link service ${service.name}, ${refused}`);
}

function machineListener(world: World, network: Resource, machine: Resource, address: string): Listener {
  const subnet = configurationsOf(machine)[0]?.properties.subnet;
  return listener([find(world, subnet?.id), machine], (port) => {
    if (machine.properties['privateLinkService'] !== undefined) {
      return closed(`${address} is an address of a private link service, which only calls and never answers`);
    }
    if (world.dnsServers[address]?.network?.toLowerCase() === keyOf(network) && port === dnsPort) {
      return dnsAnswer(network, address, port);
    }
    const ports = listenersOf(world, machine);
    return ports.includes(port)
      ? open(`${machine.name} listens at ${address} in ${network.name}`)
      : closed(`${machine.name} at ${address} in ${network.name} does not listen on port ${port}`);
  });
}

function listenersOf(world: World, machine: Resource): number[] {
  return Object.entries(world.listeners).find(([id]) => id.toLowerCase() === keyOf(machine))?.[1] ?? [];
}

const dnsPort = 53;

function dnsAnswer(network: Resource, address: string, port: number): Answer {
  return port === dnsPort
    ? open(`a DNS server answers at ${address} in ${network.name}`)
    : closed(`nothing listens at ${address} in ${network.name} but a DNS server on port ${dnsPort}`);
}

function databaseAnswer(server: Resource, where: string, port: number): Answer {
  if (server.properties['state'] !== 'Ready') {
    return closed(`database server ${server.name} is ${String(server.properties['state'])}`);
  }
  return port === databasePort
    ? open(`database server ${server.name} answers at ${where}`)
    : closed(`database server ${server.name} listens on port ${databasePort} only`);
}

type Answer = ReturnType<Listener['answer']>;

function listener(guarded: readonly (Resource | undefined)[], answer: Listener['answer']): Listener {
  return { guarded: guarded.filter((each) => each !== undefined), answersByItself: false, answer };
}

function open(because: string): Answer {
  return { open: true, because };
}

function closed(because: string): Answer {
  return { open: false, because };
}
