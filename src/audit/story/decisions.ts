/** Who was asked to approve, who decided and by which right, and who was not let. */
import { needText, passedText, riskLines, statusText } from './approvals.ts';
import type { CardBefore } from './cards.ts';
import type { OpenEntry } from './entry.ts';
import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import type { DecisionTold, PlanTold } from './model.ts';
import type { People } from './people.ts';
import { listedText, messageName } from './words.ts';

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
    ...termsOf(textOf(asked['approvalId']), deciding),
    ...endOf(textOf(asked['approvalId']), deciding),
    refused: refusedIn(textOf(asked['planId']), deciding),
  };
}

type Terms = Pick<DecisionTold, 'risk' | 'needs' | 'votes' | 'onTheWay'>;

/** As the request was known last. */
function termsOf(id: string, { entries, people }: Deciding): Terms {
  const about = entries.filter(({ changed }) => objectOf(changed['approval'])['id'] === id);
  const last = about.at(-1);
  const approval = objectOf(last?.changed['approval']);
  function nameOf(person: unknown): string {
    return people.nameOf(person, last?.seq ?? 0);
  }
  const passed = objectsOf(approval['passedOn']).map((one) => ({
    at: textOf(one['at']),
    text: passedText(one, nameOf),
  }));
  // An older wish is replaced by a newer one, so each is told from the entry that brought it.
  const wishes = new Map(
    about
      .map(({ changed }) => objectOf(objectOf(changed['approval'])['change']))
      .map((wish) => [textOf(wish['at']), wish]),
  );
  const wished = [...wishes.values()]
    .filter((wish) => textOf(wish['what']) !== '')
    .map((wish) => ({ at: textOf(wish['at']), text: wishText(wish, nameOf) }));
  return {
    risk: riskLines(approval),
    needs: objectsOf(approval['needs']).map(needText),
    votes: objectsOf(approval['votes']).map(({ at, person }) => ({ who: nameOf(person), at: textOf(at) })),
    onTheWay: [...passed, ...wished].toSorted((one, other) => (one.at < other.at ? -1 : 1)),
  };
}

function wishText({ answer, by, what }: JsonObject, nameOf: (id: unknown) => string): string {
  const said = textOf(answer);
  const answered = said === '' ? '' : ` The answer: it stays as it is, because ${said}.`;
  return `${nameOf(by)} asked for a change: “${textOf(what)}”${answered}`;
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
  const status = last === undefined ? 'pending' : statusText(textOf(last.projection['status']));
  const reason = textOf(last?.projection['reason']);
  // Who approved is named also when the approval was voided afterwards.
  const byPerson = decided.findLast(({ projection }) => textOf(projection['by']) !== '');
  if (byPerson === undefined) {
    return { status, decidedBy: '', decidedAt: last?.entry.at ?? '', reason, authority: '', shown: [] };
  }
  const { entry, projection } = byPerson;
  return {
    status,
    decidedBy: decidersOf(entry, projection, people),
    decidedAt: entry.at,
    reason,
    authority: authorityIn(entry, projection['by'], people),
    shown: cardBefore(messageName(entry.event, caseId), entry.seq)?.lines ?? [],
  };
}

/** All whose yes it rests on, where one was not enough. */
function decidersOf({ changed, seq }: OpenEntry, projection: JsonObject, people: People): string {
  const votes = objectsOf(objectOf(changed['approval'])['votes']).map(({ person }) => people.nameOf(person, seq));
  return projection['status'] === 'approved' && votes.length > 1
    ? listedText(votes)
    : people.nameOf(projection['by'], seq);
}

function askedText({ asked, told }: JsonObject, by: unknown): string {
  if (asked === by) {
    return 'on call and asked';
  }
  return textsOf(told).includes(textOf(by)) ? 'asked as well' : 'not the one who was asked first';
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
    ...(told === '' ? [] : [told.replace(/\.$/, '')]),
    roles.length === 0 ? 'no role in the settings' : `role ${roles.join(', ')}`,
    askedText(approval, by),
    ...(identity === '' ? [] : [`known to ${platform === 'slack' ? 'Slack' : 'Teams'} as ${identity}`]),
    ...(platform === 'web' ? ['on the local page, which knows nobody by a sign-in'] : []),
  ];
  return parts.join('; ');
}

const decidingVerbs: ReadonlySet<string> = new Set([
  'approve',
  'reject',
  'deny',
  'hand-over',
  'ask-change',
  'withdraw',
]);

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
