/** Apps reach an internal service over an endpoint, or over peering. */
import type { ConnectAnswers } from '../../../src/plan/plan.ts';
import {
  allRights,
  data,
  endpoint,
  erp,
  hubGroup,
  hubWithSubnets,
  managed,
  mendixGroup,
  publisherDeny,
  rights,
  subnetOf,
} from '../parts.ts';
import { answersFor, hub, made, type SurveyParts, zone } from '../world.ts';
import { privateLinkWorld } from './private-link-world.ts';
import type { Situation } from './situation.ts';

const service = { fqdn: 'erp.corp.example.com', privateLinkService: erp.id };

function toService(more: Partial<ConnectAnswers> = {}): ConnectAnswers {
  return { ...answersFor([], []), scenario: 'service-by-endpoint', service, ...more };
}

function serviceWorld(parts: SurveyParts = {}) {
  return privateLinkWorld({ networks: [], ...parts, more: { linkServices: [erp], ...parts.more } });
}

export const serviceByEndpoint: readonly Situation[] = [
  {
    name: 'The bot may accept the endpoint',
    answers: toService(),
    survey: serviceWorld({ more: { rights: allRights } }),
  },
  {
    name: 'The service accepts by itself',
    answers: toService(),
    survey: serviceWorld({ more: { linkServices: [{ ...erp, autoApproves: ['sub-mendix'] }] } }),
  },
  {
    name: 'Somebody else has to accept',
    answers: toService(),
    survey: serviceWorld({
      more: { rights: [rights(mendixGroup), rights(hubGroup, { allowed: [{ actions: ['*/read'], notActions: [] }] })] },
    }),
  },
  {
    name: 'A service of another directory, by its alias',
    answers: toService({ service: { ...service, privateLinkService: erp.alias ?? '' } }),
    survey: serviceWorld({ more: { linkServices: [], aliasVisible: true } }),
  },
  {
    name: 'A service of another directory that the environment may not see',
    answers: toService({ service: { ...service, privateLinkService: erp.alias ?? '' } }),
    survey: serviceWorld({ more: { linkServices: [], aliasVisible: false } }),
  },
  {
    name: 'The service has no private link service yet: the steps for its owner',
    answers: toService({ service: { ...service, privateLinkService: null } }),
    survey: serviceWorld(),
  },
  {
    name: 'What was given is no private link service',
    answers: toService({
      service: { ...service, privateLinkService: `${hubGroup}/providers/Microsoft.Storage/storageAccounts/x` },
    }),
    survey: serviceWorld(),
  },
  {
    name: 'The name lies in a zone of the company that others use: it gets a zone of exactly its own',
    answers: toService(),
    survey: serviceWorld({
      mendix: managed,
      zones: [zone('corp.example.com', { erp: '10.20.1.9' }, [managed, hub])],
    }),
  },
  {
    name: 'No zone may be made in the managed resource group: it stands beside a network that was named',
    answers: { ...toService(), networks: [data.id] },
    survey: serviceWorld({
      networks: [data],
      more: {
        rights: [
          rights(mendixGroup, {
            denied: [
              { ...publisherDeny, except: publisherDeny.except.filter((action) => !action.includes('privateDns')) },
            ],
          }),
          rights(hubGroup),
          rights(data.id.split('/providers/')[0] ?? ''),
        ],
      },
    }),
  },
  {
    name: 'Everything stands already, and the owner has accepted',
    answers: toService(),
    survey: serviceWorld({
      zones: [
        zone(service.fqdn, { '@': '192.168.1.8' }, [managed], {
          ...made,
          id: `${mendixGroup}/providers/Microsoft.Network/privateDnsZones/${service.fqdn}`,
        }),
      ],
      more: {
        linkServices: [
          {
            ...erp,
            connections: [
              {
                id: `${erp.id}/privateEndpointConnections/causeway-erp-corp-example-com.guid`,
                endpoint: erpEndpoint().id,
                state: 'Approved',
              },
            ],
          },
        ],
        endpoints: [erpEndpoint()],
      },
    }),
  },
  {
    name: 'By peering: the network is peered and the name gets a zone of exactly its own',
    answers: toService({
      networks: [hub.id],
      method: 'peering',
      service: { ...service, privateLinkService: null, address: '10.20.1.9' },
    }),
    survey: serviceWorld({ networks: [hubWithSubnets] }),
  },
  {
    name: 'By peering: the company’s zone of the very name is linked as it is',
    answers: toService({ networks: [hub.id], method: 'peering', service: { ...service, privateLinkService: null } }),
    survey: serviceWorld({ networks: [hubWithSubnets], zones: [zone(service.fqdn, { '@': '10.20.1.9' }, [hub])] }),
  },
  {
    name: 'By peering: no zone knows the address of the service',
    answers: toService({ networks: [hub.id], method: 'peering', service: { ...service, privateLinkService: null } }),
    survey: serviceWorld({ networks: [hubWithSubnets] }),
  },
];

function erpEndpoint() {
  return endpoint('causeway-erp-corp-example-com', subnetOf(managed, 'private-endpoints'), erp.id);
}
