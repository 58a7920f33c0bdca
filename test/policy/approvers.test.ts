import { expect, it } from 'vitest';
import { type DecisionRequest, mayDecide } from '../../src/policy/approvers.ts';
import type { Role } from '../../src/policy/people.ts';

function request(id: string, roles: readonly Role[], more: Partial<DecisionRequest> = {}): DecisionRequest {
  return { person: { id, roles }, requestedBy: 'rae', onCall: 'Ann', approvers: ['Ann', 'Bob'], ...more };
}

it.each<[string, DecisionRequest]>([
  ['an approver', request('ann', ['approver'])],
  ['an approver of the group', request('ann', ['approver:network'], { group: 'network' })],
  ['an administrator, about the settings', request('sam', ['admin'], { change: 'settings' })],
])('lets %s decide', (_who, asked) => {
  expect(mayDecide(asked)).toEqual({ allowed: true });
});

it.each<[string, DecisionRequest, string]>([
  [
    'the requester, whatever their roles',
    request('rae', ['approver', 'admin']),
    'You asked for this plan, so somebody else has to decide. On call now: Ann. Also allowed: Bob.',
  ],
  [
    'the requester who is on call',
    request('rae', ['approver'], { onCall: 'Rae' }),
    'You asked for this plan, so somebody else has to decide. Who may decide: Ann, Bob.',
  ],
  [
    'somebody without the role',
    request('out', ['support']),
    'Deciding needs the role approver, which you do not have. On call now: Ann. Also allowed: Bob.',
  ],
  [
    'an approver of another group',
    request('ann', ['approver:database'], { group: 'network' }),
    'Deciding needs the role approver or approver:network, which you do not have.',
  ],
  [
    'an approver of a group, when the plan has none',
    request('ann', ['approver:database']),
    'Deciding needs the role approver, which you do not have.',
  ],
  [
    'an approver, about the settings',
    request('ann', ['approver'], { change: 'settings' }),
    'Deciding needs the role admin',
  ],
  [
    'anybody, when there is nobody else',
    request('out', [], { onCall: null, approvers: [] }),
    'ask an administrator to add somebody',
  ],
])('refuses %s and says who may', (_who, asked, because) => {
  expect(mayDecide(asked)).toEqual({ allowed: false, because: expect.stringContaining(because) });
});
