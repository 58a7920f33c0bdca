/** Who was asked to approve, who decided and by which right, and who was not let. */
import type { CardBefore } from './cards.ts';
import type { OpenEntry } from './entry.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
import type { DecisionTold, PlanTold } from './model.ts';
import type { People } from './people.ts';
import { messageName, plainWords } from './words.ts';

interface Deciding {
  caseId: string;
  entries: readonly OpenEntry[];
  people: People;
  cardBefore: CardBefore;
  plans: readonly PlanTold[];
}

export function decisionsIn(deciding: Deciding): DecisionTold[] {
  return deciding.entries.flatMap((entry) =>
    objectsOf(entry.payload['projections'])
      .filter((projection) => projection['type'] === 'approval-asked')
      .map((asked) => tellDecision(entry, asked, deciding)),
  );
}

function tellDecision(entry: OpenEntry, asked: JsonObject, deciding: Deciding): DecisionTold {
  const { people, plans } = deciding;
  const planHash = textOf(asked['planHash']);
  return {
    seq: entry.seq,
    planHash,
    about: plans.find(({ hash }) => hash === planHash)?.headline ?? '',
    requestedBy: people.nameOf(asked['requestedBy'], entry.seq),
    askedAt: entry.at,
    expiresAt: textOf(asked['expiresAt']),
    asked: people.nameOf(objectOf(entry.changed['approval'])['asked'], entry.seq),
    ...endOf(textOf(asked['approvalId']), deciding),
    refused: refusedIn(textOf(asked['planId']), deciding),
  };
}

type End = Pick<DecisionTold, 'status' | 'decidedBy' | 'decidedAt' | 'reason' | 'authority' | 'shown'>;

/** The last word counts: what was approved can still be voided before anything is written. */
function endOf(id: string, { caseId, cardBefore, entries, people }: Deciding): End {
  const decided = entries.flatMap((entry) =>
    objectsOf(entry.payload['projections'])
      .filter((projection) => projection['type'] === 'approval-decided' && projection['approvalId'] === id)
      .map((projection) => ({ entry, projection })),
  );
  const last = decided.at(-1);
  const status = last === undefined ? 'pending' : plainWords(textOf(last.projection['status']));
  const reason = textOf(last?.projection['reason']);
  // Who approved is named also when the approval was voided afterwards.
  const byPerson = decided.findLast(({ projection }) => textOf(projection['by']) !== '');
  if (byPerson === undefined) {
    return { status, decidedBy: '', decidedAt: last?.entry.at ?? '', reason, authority: '', shown: [] };
  }
  const { entry, projection } = byPerson;
  return {
    status,
    decidedBy: people.nameOf(projection['by'], entry.seq),
    decidedAt: entry.at,
    reason,
    authority: authorityIn(entry, projection['by'], people),
    shown: cardBefore(messageName(entry.event, caseId), entry.seq)?.lines ?? [],
  };
}

/** The right as the entry itself has it, and who the person was to the platform on which they pressed. */
function authorityIn(entry: OpenEntry, by: unknown, people: People): string {
  const { changed, event, seq } = entry;
  const approval = objectOf(changed['approval']);
  const told = textOf(objectOf(approval['decision'])['authority']);
  const roles = people.rolesOf(by, seq);
  const platform = textOf(objectOf(event['place'])['platform']);
  const identity = people.identityOn(platform, by, seq);
  const parts = [
    ...(told === '' ? [] : [told]),
    roles.length === 0 ? 'no role in the settings' : `role ${roles.join(', ')}`,
    ...(approval['asked'] === by ? ['on call and asked'] : ['not the one who was asked first']),
    ...(identity === '' ? [] : [`known to ${platform === 'slack' ? 'Slack' : 'Teams'} as ${identity}`]),
    ...(platform === 'web' ? ['on the local page, which knows nobody by a sign-in'] : []),
  ];
  return parts.join('; ');
}

const decidingVerbs: ReadonlySet<string> = new Set(['approve', 'reject', 'deny']);

function refusedIn(planId: string, { caseId, entries, people }: Deciding): DecisionTold['refused'] {
  const plan = planId.split('/').at(-1) ?? '';
  return entries
    .filter(({ event }) => decidingVerbs.has(textOf(event['verb'])) && messageName(event, caseId).endsWith(plan))
    .map((entry) => ({ entry, reply: objectOf(entry.payload['reply']) }))
    .filter(({ reply }) => !['', 'done'].includes(textOf(reply['outcome'])))
    .map(({ entry, reply }) => ({
      at: entry.at,
      who: people.nameOf(entry.event['person'], entry.seq),
      because: textOf(reply['because']),
    }));
}
