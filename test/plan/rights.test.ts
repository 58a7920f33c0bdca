import { describe, expect, it } from 'vitest';
import { requiredActions } from '../../src/plan/required-actions.ts';
import { mayDo } from '../../src/plan/rights.ts';
import type { Survey } from '../../src/plan/world.ts';
import { allRights, hubGroup, mendixGroup, publisherDeny, rights } from './parts.ts';
import { codesOf, findingsOf, hub, mendix, planFor } from './world.ts';

const peer = 'Microsoft.Network/virtualNetworks/peer/action';
const write = 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write';

describe('what the bot may do', () => {
  const reader = { actions: ['*/read'], notActions: [] };
  const all = { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] };

  it.each([
    ['an action that a pattern covers', [rights(hubGroup, { allowed: [all] })], write, 'allowed'],
    ['in any case', [rights(hubGroup.toUpperCase(), { allowed: [all] })], write.toLowerCase(), 'allowed'],
    [
      'what a role leaves out',
      [rights(hubGroup, { allowed: [all] })],
      'Microsoft.Authorization/locks/write',
      'missing',
    ],
    ['a right to read only', [rights(hubGroup, { allowed: [reader] })], write, 'missing'],
    ['a role on the network itself', [rights(hubGroup, { allowed: [reader] }), rights(hub.id)], write, 'allowed'],
    ['a scope that nobody asked about', [rights(mendixGroup)], write, 'unread'],
    ['a group whose name only begins the same', [rights(hubGroup.slice(0, -1))], write, 'unread'],
    [
      'a deny that beats the right',
      [rights(hubGroup, { denied: [{ name: 'd', actions: ['*'], except: [] }] })],
      write,
      'denied',
    ],
    [
      'what a deny leaves open',
      [rights(hubGroup, { denied: [{ name: 'd', actions: ['*'], except: [write] }] })],
      write,
      'allowed',
    ],
  ])('%s', (_what, seen, action, kind) => {
    expect(mayDo(seen, action, hub.id).kind).toBe(kind);
  });
});

function found(seen: Survey['rights']) {
  return planFor({ more: { rights: seen ?? [] } });
}

describe('the checks of rights', () => {
  it('find nothing when all is allowed', () => {
    expect(codesOf(found(allRights))).toEqual([]);
  });

  it('name the exact action and scope that are missing', () => {
    const only = {
      actions: ['*/read', 'Microsoft.Network/privateDnsZones/*', peer, 'Microsoft.Network/virtualNetworks/join/action'],
      notActions: [],
    };
    const [finding] = findingsOf(found([rights(mendixGroup), rights(hubGroup, { allowed: [only] })]));

    expect(finding).toMatchObject({ level: 'stop', code: 'AuthorizationFailed' });
    expect(finding?.text).toContain(`${write} on ${hub.id}/virtualNetworkPeerings/causeway-to-mendix-vnet`);
    expect(finding?.wayOut).toContain('role');
  });

  it('look at resources that a step only refers to', () => {
    const most = { actions: ['*'], notActions: [peer] };
    const stops = findingsOf(found([rights(mendixGroup), rights(hubGroup, { allowed: [most] })]));

    expect(stops).toEqual([expect.objectContaining({ level: 'stop', code: 'LinkedAuthorizationFailed' })]);
    expect(stops[0]?.text).toContain('hub-vnet');
    expect(stops[0]?.wayOut).toContain(`${peer} on ${hub.id}`);
  });

  it('name the deny assignment, also on a resource that is only referred to', () => {
    const deny = { ...publisherDeny, except: publisherDeny.except.filter((action) => action !== peer) };
    const planned = found([rights(mendixGroup, { denied: [deny] }), rights(hubGroup)]);

    expect(codesOf(planned)).toEqual(['stop DenyAssignmentAuthorizationFailed']);
    expect(findingsOf(planned)[0]?.text).toContain(`“${publisherDeny.name}” forbids ${peer} on ${mendix.id}`);
  });

  it('say that undo will not be possible when only deleting is forbidden', () => {
    const most = { actions: ['*'], notActions: ['Microsoft.Network/*/delete'] };

    const codes = codesOf(found([rights(mendixGroup), rights(hubGroup, { allowed: [most] })]));

    expect(new Set(codes)).toEqual(new Set(['care UndoNotAllowed']));
  });

  it('never take for allowed what was not asked', () => {
    expect(codesOf(found([rights(mendixGroup)]))).toContain('unknown RightsNotRead');
  });

  it.each([
    ['ReadOnly', 'stop ScopeLocked'],
    ['CanNotDelete', 'care UndoLocked'],
  ] as const)('name a lock: %s', (level, code) => {
    const planned = found([rights(mendixGroup), rights(hubGroup, { locks: [{ name: 'keep-network', level }] })]);

    expect(codesOf(planned)).toEqual([code]);
    expect(findingsOf(planned)[0]?.text).toContain('keep-network');
  });

  it('stop the repair of a peering where nothing may be deleted', () => {
    const dead = { ...hub, peerings: [deadHalf()] };
    const planned = planFor({
      networks: [dead],
      more: { rights: [rights(mendixGroup), rights(hubGroup, { locks: [{ name: 'keep', level: 'CanNotDelete' }] })] },
    });

    expect(codesOf(planned)).toContain('stop ScopeLocked');
  });

  it('name a policy of the organisation, and the tag that it wants', () => {
    const policy = {
      name: 'Need a cost centre',
      scope: hubGroup,
      type: 'Microsoft.Network/privateDnsZones',
      requiredTag: 'cost-centre',
    };

    const planned = planFor({ more: { policies: [policy] } });

    expect(codesOf(planned)).toEqual(['stop RequestDisallowedByPolicy']);
    expect(findingsOf(planned)[0]?.wayOut).toContain('naming.tags');
    expect(codesOf(planFor({ more: { policies: [{ ...policy, requiredTag: 'causeway-case' }] } }))).toEqual([]);
  });
});

function deadHalf() {
  return {
    id: `${hub.id}/virtualNetworkPeerings/old`,
    name: 'old',
    remoteNetwork: mendix.id,
    state: 'Disconnected' as const,
    syncLevel: '',
    remotePrefixes: mendix.addressPrefixes,
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: false,
    allowGatewayTransit: false,
    useRemoteGateways: false,
  };
}

describe('the table of required actions', () => {
  const all = Object.entries(requiredActions).flatMap(([kind, actions]) =>
    actions.map((each) => [kind, each] as const),
  );

  it.each(all)('%s: has a reason and an action as roles write it', (_kind, { action, because }) => {
    expect(because).toMatch(/\S/);
    expect(action).toMatch(/^Microsoft\.[A-Za-z]+(?:\/[A-Za-z]+)+\/(?:read|write|delete|action)$/);
  });
});
