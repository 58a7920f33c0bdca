/** Peerings as Azure keeps them: two halves that know of each other. */
import { type PeeringSeen, sameResource, type Survey } from '../../../src/plan/world.ts';
import { changeNetwork, networkAt, refuse, without } from './base.ts';

export interface PeeringBody
  extends Pick<
    PeeringSeen,
    'allowVirtualNetworkAccess' | 'allowForwardedTraffic' | 'allowGatewayTransit' | 'useRemoteGateways'
  > {
  remoteVirtualNetwork: { id: string };
}

export function writePeering(world: Survey, resource: string, body: PeeringBody, anew: boolean): Survey {
  const [, own = '', name = ''] = /^(.*)\/virtualNetworkPeerings\/([^/]+)$/.exec(resource) ?? [];
  const remote = networkAt(world, body.remoteVirtualNetwork.id);
  const here = networkAt(world, own)?.peerings.find(({ id }) => sameResource(id, resource));
  const back = remote?.peerings.find(({ remoteNetwork }) => sameResource(remoteNetwork, own));
  refuse(back?.state === 'Disconnected' && 'RemotePeeringIsDisconnected');
  refuse(here?.state === 'Disconnected' && !anew && 'a dead half takes no write');
  refuse(body.useRemoteGateways && back?.allowGatewayTransit !== true && 'the remote half does not offer its gateway');
  const { remoteVirtualNetwork, ...switches } = body;
  const state = back === undefined && remote !== undefined ? 'Initiated' : 'Connected';
  const half: PeeringSeen = {
    id: resource,
    name,
    remoteNetwork: remoteVirtualNetwork.id,
    state,
    syncLevel: 'FullyInSync',
    remotePrefixes: remote?.addressPrefixes ?? here?.remotePrefixes ?? [],
    ...switches,
  };
  const written = changeNetwork(world, own, ({ peerings }) => ({ peerings: [...without(peerings, resource), half] }));
  return back === undefined ? written : setPeeringState(written, back, 'Connected');
}

function setPeeringState(world: Survey, half: PeeringSeen, state: PeeringSeen['state']): Survey {
  const own = half.id.replace(/\/virtualNetworkPeerings\/[^/]+$/, '');
  return changeNetwork(world, own, ({ peerings }) => ({
    peerings: peerings.map((each) => (sameResource(each.id, half.id) ? { ...each, state } : each)),
  }));
}

export function removePeering(world: Survey, resource: string): Survey {
  const own = resource.replace(/\/virtualNetworkPeerings\/[^/]+$/, '');
  const half = networkAt(world, own)?.peerings.find(({ id }) => sameResource(id, resource));
  const back = networkAt(world, half?.remoteNetwork ?? '')?.peerings.find(({ remoteNetwork }) =>
    sameResource(remoteNetwork, own),
  );
  const removed = changeNetwork(world, own, ({ peerings }) => ({ peerings: without(peerings, resource) }));
  return back === undefined ? removed : setPeeringState(removed, back, 'Disconnected');
}
