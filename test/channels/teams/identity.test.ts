import { describe, expect, it } from 'vitest';
import { idOf, refusalFor, tenantOf, userIdOfStranger, whoIs } from '../../../src/channels/teams/identity.ts';
import { Activity } from '../../../src/channels/teams/schema.ts';
import { people, tenantId } from './house.ts';

const anna = 'a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e02';
const otherTenant = '00000000-0000-0000-0000-0000000000aa';

function activity(from: object, more: object = {}) {
  return Activity.parse({
    type: 'message',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:anna', name: 'Anna Approver', aadObjectId: anna, ...from },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:1', tenantId },
    channelData: { tenant: { id: tenantId } },
    ...more,
  });
}

describe('who speaks', () => {
  it('is known by object id and directory, in whatever case they are written', () => {
    const who = whoIs(activity({ aadObjectId: anna.toUpperCase() }), people);

    expect(who).toMatchObject({ kind: 'known', person: { id: 'approver-1' } });
  });

  it.each([
    ['no object id', activity({ aadObjectId: undefined }), 'no-object-id'],
    ['an empty object id', activity({ aadObjectId: '' }), 'no-object-id'],
    ['an object id that nobody has', activity({ aadObjectId: otherTenant }), 'unknown'],
    ['no tenant', activity({}, { conversation: { id: 'a:1' }, channelData: null }), 'no-tenant'],
    ['two tenants', activity({}, { channelData: { tenant: { id: otherTenant } } }), 'no-tenant'],
    [
      'the right object id in another directory',
      activity({}, { conversation: { id: 'a:1', tenantId: otherTenant }, channelData: null }),
      'unknown',
    ],
    ['the role of a guest', activity({ userRole: 'Guest' }), 'guest'],
    ['a guest’s address', activity({ userPrincipalName: 'anna_other.com#EXT#@example.com' }), 'guest'],
    ['a home in another directory', activity({ tenantId: otherTenant }), 'guest'],
  ])('is a stranger with %s, whatever the name says', (_what, from, why) => {
    expect(whoIs(from, people)).toMatchObject({ kind: 'stranger', why });
  });

  it('is never taken for a person of the settings when a stranger', () => {
    const who = whoIs(activity({ id: 'approver-1', aadObjectId: undefined }), people);

    expect(people.map((person) => person.id)).not.toContain(idOf(who));
    expect(userIdOfStranger(idOf(who))).toBe('approver-1');
  });

  it('has a tenant only when Teams is clear about it', () => {
    expect(tenantOf(activity({}, { channelData: null }))).toBe(tenantId);
    expect(tenantOf(activity({}, { conversation: { id: 'a:1' } }))).toBe(tenantId);
  });
});

describe('a refusal', () => {
  it.each(['unknown', 'guest', 'no-object-id', 'no-tenant'] as const)('says whom to ask (%s)', (why) => {
    expect(refusalFor({ kind: 'stranger', id: 'teams/29:x', why }, people)).toContain('Ada Admin');
  });

  it('finds words when the settings know no administrator', () => {
    expect(refusalFor({ kind: 'stranger', id: 'teams/29:x', why: 'unknown' }, [])).toContain('administrator');
  });
});
