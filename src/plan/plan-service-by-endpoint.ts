/**
 * Apps reach an internal service of the company over a private endpoint in the environment's network. The service needs
 * a private link service of its own; whoever owns it accepts the endpoint, unless it accepts by itself or we may.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 2.
 */
import { care, stop, unknown } from './finding.ts';
import { networksOf } from './network-graph.ts';
import { type EndpointTarget, planEndpoint } from './plan-endpoints.ts';
import { nameSteps } from './plan-names.ts';
import { planPaths } from './plan-paths.ts';
import type { Finding, WantedService } from './plan.ts';
import { checkNetworks } from './preflight.ts';
import { whoReaches } from './reach.ts';
import { parseResourceId } from './resource-id.ts';
import { mayDo } from './rights.ts';
import { connectivityDocument, type Sketch, type Wish } from './scenario.ts';
import { checkService, checkServiceNames, httpsPort, serviceZones } from './service-names.ts';
import { type LinkServiceSeen, type NetworkSeen, sameResource, type Survey } from './world.ts';

/** `<name>.<guid>.<region>.azure.privatelinkservice` */
const alias = /^[\w.-]+\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[\w-]+\.azure\.privatelinkservice$/i;

export function planServiceByEndpoint(wish: Wish): Sketch {
  const { answers, survey } = wish;
  const service = answers.service ?? null;
  const findings = [...checkNetworks(answers, survey, null), ...checkService(service)];
  const ours = survey.environment.network;
  if (service === null || ours === null || findings.some(({ level }) => level === 'stop')) {
    return { findings, drawing: null };
  }
  const found = targetOf(service, survey);
  if (found.target === null) {
    return { findings: [...findings, ...found.findings], drawing: null };
  }
  return draw(wish, { service, ours, target: found.target, findings: [...findings, ...found.findings] });
}

interface Parts {
  service: WantedService;
  ours: NetworkSeen;
  target: EndpointTarget;
  findings: readonly Finding[];
}

function draw(wish: Wish, { service, ours, target, findings }: Parts): Sketch {
  const fqdn = service.fqdn.toLowerCase();
  const port = service.port ?? httpsPort;
  const { endpoint, drafts, findings: found } = planEndpoint(wish, ours, target, fqdn.replaceAll('.', '-'));
  if (endpoint === null) {
    return { findings: [...findings, ...found], drawing: null };
  }
  const address = endpoint.seen?.address ?? null;
  const zones = serviceZones(wish, ours, fqdn, {
    kind: 'endpoint',
    endpoint: endpoint.id,
    address,
    needs: [endpoint.accepted],
  });
  const subnet = endpoint.subnet?.prefixes ?? [];
  const paths = planPaths([{ from: ours, to: ours, target: subnet, port, by: 'endpoint' }], wish);
  const where = address ?? `one new address in ${subnet.join(', ')}`;
  return {
    findings: [
      ...findings,
      ...found,
      ...(target.accepts === 'by-its-owner' && endpoint.seen?.state !== 'Approved' ? [ownerMustAccept(target)] : []),
      ...checkServiceNames(wish, ours, fqdn, zones),
      ...paths.findings,
    ],
    drawing: {
      drafts: [...drafts, ...zones.flatMap((zone) => nameSteps(zone, wish.tags))],
      reach:
        endpoint.seen?.state === 'Approved'
          ? []
          : [
              {
                from: whoReaches(networksOf(wish.survey), ours),
                to: [
                  `${where} (${ours.name}), the ports that ${target.name} serves, which leads to ${fqdn}; nothing else`,
                ],
                addresses: address === null ? subnet : [`${address}/32`],
                ports: null,
              },
            ],
      promises: { names: [{ name: fqdn, address: address ?? '', endpoint: endpoint.id }], from: [ours.id], port },
      because: [
        {
          source: connectivityDocument,
          section: 'Creating a private endpoint to internal services',
          note: `The zone has exactly the name ${fqdn}, so that no other name changes for the apps.`,
        },
      ],
    },
  };
}

interface Found {
  target: EndpointTarget | null;
  findings: readonly Finding[];
}

function targetOf({ fqdn, privateLinkService }: WantedService, survey: Survey): Found {
  const wanted = privateLinkService?.trim() ?? '';
  if (wanted === '') {
    return { target: null, findings: [noLinkService(fqdn)] };
  }
  if (alias.test(wanted)) {
    return targetByAlias(wanted, survey);
  }
  const parsed = parseResourceId(wanted);
  if (parsed.kind === 'malformed' || parsed.type.toLowerCase() !== 'microsoft.network/privatelinkservices') {
    return { target: null, findings: [malformedService(wanted)] };
  }
  const seen = survey.linkServices?.find(({ id }) => sameResource(id, wanted)) ?? null;
  return seen === null
    ? byOwner({ id: wanted, alias: null, name: parsed.name }, [serviceUnread(parsed.name)])
    : targetSeen(seen, survey);
}

function targetByAlias(wanted: string, survey: Survey): Found {
  const seen = survey.linkServices?.find((service) => service.alias?.toLowerCase() === wanted.toLowerCase());
  if (seen !== undefined) {
    return targetSeen(seen, survey);
  }
  return survey.aliasVisible === false
    ? { target: null, findings: [notVisible(wanted, survey)] }
    : byOwner({ id: null, alias: wanted, name: wanted.split('.')[0] ?? wanted }, []);
}

function targetSeen(seen: LinkServiceSeen, survey: Survey): Found {
  const { id, name } = seen;
  const { subscription } = survey.environment;
  const base = { id, alias: seen.alias, name, step: null };
  if (seen.autoApproves.some((entry) => entry === '*' || sameResource(entry, subscription))) {
    return { target: { ...base, accepts: 'by-itself' }, findings: [] };
  }
  const action = 'Microsoft.Network/privateLinkServices/privateEndpointConnections/write';
  const { kind } = survey.rights === undefined ? { kind: 'allowed' } : mayDo(survey.rights, action, id);
  return kind === 'allowed' || kind === 'unread'
    ? { target: { ...base, accepts: 'by-us' }, findings: [] }
    : byOwner(base, []);
}

function byOwner(target: Pick<EndpointTarget, 'id' | 'alias' | 'name'>, findings: readonly Finding[]): Found {
  return { target: { ...target, step: null, accepts: 'by-its-owner' }, findings };
}

function ownerMustAccept({ id, name }: EndpointTarget): Finding {
  const list = `az network private-endpoint-connection list --id ${id ?? `<resource id of ${name}>`}`;
  const approve = 'az network private-endpoint-connection approve --id <id of the pending connection>';
  const text = `Somebody else owns ${name} and has to accept the connection; that can take hours or days. The name changes only after it was accepted.`;
  return care(
    'OwnerMustAccept',
    text,
    `Tell the owner. They accept it in the Azure portal (Private Link Center, pending connections), or with: ${list} and then ${approve}`,
    {
      text,
      detail: '',
      wayOut: `Tell the owner now. As soon as the connection waits for them, you get the words and the command to send.`,
    },
  );
}

/** Told to the owner as it is. */
function noLinkService(fqdn: string): Finding {
  return stop(
    'NoLinkServiceYet',
    `${fqdn} has no private link service yet, and an endpoint needs one to lead to.`,
    [
      `Steps for the owner of ${fqdn}:`,
      '1. Put the service behind a Standard internal load balancer whose backends are network interfaces of machines.',
      '2. Choose a subnet of the same network and region, and disable its network policy for private link services.',
      '3. Create a private link service on the frontend of that load balancer, visible to the subscription of the environment.',
      '4. Send its resource id, or its alias when it stands in another directory.',
      'Then ask me again with that id. When both networks do not overlap, peering works without any of this.',
    ].join('\n'),
  );
}

function malformedService(text: string): Finding {
  return stop(
    'MalformedLinkService',
    `“${text.slice(0, 120)}” is neither the resource id nor the alias of a private link service.`,
    'An id looks like /subscriptions/<subscription id>/resourceGroups/<resource group>/providers/Microsoft.Network/privateLinkServices/<name>, an alias like <name>.<guid>.<region>.azure.privatelinkservice.',
  );
}

function serviceUnread(name: string): Finding {
  return unknown(
    'LinkServiceNotRead',
    `I could not read the private link service ${name}, so I do not know whether it accepts by itself or lets me accept.`,
    'Check the id. When the service stands in another directory, ask its owner for the alias and use that.',
  );
}

function notVisible(wanted: string, { environment }: Survey): Finding {
  return stop(
    'LinkServiceNotVisible',
    `The private link service behind ${wanted} is not visible to the subscription of ${environment.name} (${environment.subscription}), so Azure would refuse an endpoint to it.`,
    `Ask its owner to add the subscription ${environment.subscription} to the visibility of the service, then plan again.`,
    {
      text: `${wanted.split('.')[0] ?? wanted} is not visible to the subscription of ${environment.name}, so Azure would refuse an endpoint to it.`,
      detail: `${wanted}\nsubscription ${environment.subscription}`,
      wayOut: 'Ask its owner to add this subscription to the visibility of the service, then plan again.',
    },
  );
}
