/** A connection from the wish to the proof, as the conversation keeps it; shorter where it tells nothing. */
import { appendAudit } from '../../src/audit/append.ts';
import type { AuditHead } from '../../src/audit/chain.ts';
import { insertFlow, lockFlow, updateFlow } from '../../src/store/flows.ts';
import type { Store } from '../../src/store/store.ts';
import { later } from '../store/contract/stores.ts';
import { key } from './chains.ts';

export const connectCase = 'case-connect';

const team = { platform: 'teams', conversation: 'team', thread: 'root' };
const onCall = { platform: 'teams', conversation: 'on-call', thread: null };
const rosa = { id: 'rosa', name: 'Rosa Rivera', roles: ['requester'], zone: 'Europe/Amsterdam' };
const anna = {
  id: 'anna',
  name: 'Anna Abel',
  roles: ['approver'],
  zone: 'Europe/Amsterdam',
  entra: { tenant: 'tenant-1', objectId: 'object-7' },
};
const planId = `${connectCase}/plan-3`;
const step = {
  id: 'peering/hub',
  title: 'Peer hub-vnet with mendix-prod-vnet',
  change: 'create',
  resource: '/subscriptions/1/hub',
};
const plan = {
  hash: 'f'.repeat(64),
  method: 'peering',
  because: [
    { row: 'method 11', note: 'Nothing overlaps.', source: 'The document', section: 'Peering', date: '2025-11-06' },
  ],
  findings: [{ level: 'care', text: 'Both networks see each other.', wayOut: 'Choose Private Link.' }],
  steps: [{ ...step, before: null, body: { properties: { remote: 'mendix-prod-vnet' } } }],
  reach: [{ from: ['hub-vnet'], to: ['192.168.0.0/22, all ports'] }],
  promises: { names: [{ name: 'orders.example', address: '10.0.0.4' }], from: ['/subscriptions/1/hub'], port: 443 },
};
const done = { outcome: 'done', because: '', errors: [] };
const approval = { id: `${planId}/approval`, asked: 'anna', expiresAt: later(7200) };
const proof = {
  evidence: [
    { kind: 'read', code: 'peering-state', good: true, text: 'hub-vnet says: Connected.' },
    { kind: 'computed', code: 'name', good: true, text: 'orders.example leads to 10.0.0.4.' },
  ],
  toRun: [{ from: 'hub-vnet', command: 'nslookup orders.example', expect: '10.0.0.4' }],
};

function message(name: string, text: string, more: object = {}): Entry {
  const content = { text, card: null, speaker: null };
  return [
    'message-sent',
    { message: name, revision: 1, edited: false, place: team, onlyFor: null, mention: [], verbs: [], content, ...more },
  ];
}

function clicked(person: string, verb: string, more: object): Entry {
  const event = { type: 'clicked', person, place: onCall, message: `${connectCase}/approval-plan-3`, verb, inputs: {} };
  return ['clicked', { event, reply: done, flow: 'connect', effects: [], projections: [], ...more }];
}

type Entry = [type: string, payload: object];

export const connectEntries: readonly Entry[] = [
  [
    'said',
    {
      event: {
        type: 'said',
        person: 'rosa',
        place: team,
        text: 'connect mendix-prod to hub-vnet <script>alert(1)</script>',
        files: [],
      },
      people: { rosa },
      reply: done,
      flow: 'connect',
      state: 'asking',
      changed: { draft: { words: 'connect …', environment: 'mendix-prod', apps: ['orders'], isolation: false } },
      effects: [],
      projections: [],
    },
  ],
  message('connect', 'Which network?'),
  [
    'surveyed',
    {
      event: { type: 'surveyed', survey: { networks: [{}] } },
      reply: done,
      flow: 'connect',
      state: 'planned',
      changed: {
        choice: { method: 'peering', because: plan.because, wouldChange: [] },
        plan: { as: 'projections.0.plan' },
      },
      effects: [],
      projections: [{ type: 'plan-made', planId, plan }],
    },
  ],
  clicked('rosa', 'ask-approval', {
    state: 'awaiting-approval',
    people: { rosa, anna },
    changed: { approval: { ...approval, decision: null } },
    projections: [
      {
        type: 'approval-asked',
        approvalId: approval.id,
        planId,
        planHash: plan.hash,
        requestedBy: 'rosa',
        expiresAt: approval.expiresAt,
      },
    ],
  }),
  message('approval-plan-3', 'Rosa Rivera asks for approval.', { place: onCall, mention: ['anna'] }),
  clicked('rosa', 'approve', {
    state: 'awaiting-approval',
    changed: {},
    reply: { outcome: 'refused', because: 'You asked for this plan, so somebody else has to decide.', errors: [] },
  }),
  clicked('anna', 'approve', {
    state: 'applying',
    people: { anna },
    changed: { approval: { ...approval, decision: { status: 'approved', by: 'anna', reason: '' } } },
    projections: [{ type: 'approval-decided', approvalId: approval.id, status: 'approved', by: 'anna', reason: '' }],
    effects: [{ kind: 'work', type: 'apply-plan', planId }],
  }),
  [
    'plan-finished',
    {
      event: { type: 'plan-finished', planId, outcome: { kind: 'complete' } },
      reply: done,
      flow: 'connect',
      state: 'verifying',
      changed: {},
      effects: [],
      projections: [],
      writes: [
        {
          stepId: step.id,
          status: 'done',
          request: { properties: { remote: 'mendix-prod-vnet' } },
          answer: {
            peeringState: 'Connected',
            azureRequests: [{ method: 'PUT', status: 201, correlationId: 'corr-1', requestId: 'req-1' }],
          },
          error: null,
          etag: 'W/"1"',
          startedAt: later(6),
          finishedAt: later(7),
        },
      ],
    },
  ],
  [
    'verified',
    {
      event: { type: 'verified', proof },
      reply: done,
      flow: 'connect',
      state: 'connected',
      changed: { proof: { as: 'event.proof' } },
      effects: [],
      projections: [],
    },
  ],
  message('connect', 'Connected.', { edited: true, revision: 2 }),
];

/** One entry a second, each as the inbox writes it. */
export async function recordConnectCase(store: Store, entries: readonly Entry[] = connectEntries): Promise<void> {
  for (const [index, [type, payload]] of entries.entries()) {
    await store.write(async (tx) => {
      const flow = await lockFlow(tx, connectCase);
      const at = later(index);
      const before: AuditHead = { seq: flow?.auditSeq ?? 0, hash: flow?.auditHead ?? '' };
      const seal = { key, clean: (_name: string, text: string) => text };
      const head = await appendAudit(tx, { caseId: connectCase, head: before, at, type, payload, seal });
      const next = {
        state: { flow: 'settings' as const },
        revision: head.seq,
        at,
        auditSeq: head.seq,
        auditHead: head.hash,
      };
      await (flow === null ? insertFlow(tx, connectCase, next) : updateFlow(tx, connectCase, flow.revision, next));
    });
  }
}
