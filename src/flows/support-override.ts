/**
 * "I see it differently": whoever described the case may raise or lower the verdict, or have the ticket opened all the
 * same, with a reason. It is kept in the audit, in a table for the support lead, and in the ticket.
 */
import { targetOf } from '../policy/response-target.ts';
import { severities, type Severity } from '../policy/severity.ts';
import { severityText } from '../policy/verdict-words.ts';
import type { Choice, DifferData } from './card.ts';
import type { ShowMessage } from './effect.ts';
import type { EventOf } from './event.ts';
import { firstPart } from './first-part.ts';
import { type Context, invalidReply, moveTo, refusedReply, stay, type Transition, whyOnlyHelp } from './flow.ts';
import { showCard } from './message.ts';
import { isSameRating, ratingOf, rerate, type VerdictOverride, type Wish, wishedRating } from './override.ts';
import { redact } from './redact.ts';
import type { SupportAt, SupportState } from './state.ts';
import { keptBase } from './support-ask.ts';
import { supportMessage } from './support-card.ts';
import { ratingText, targetWords, verdictCard } from './support-verdict.ts';

type Rated = SupportAt<'judged' | 'previewing' | 'differing'>;

function isRated(state: SupportState): state is Rated {
  return state.at === 'judged' || state.at === 'previewing' || state.at === 'differing';
}

export function differ(state: SupportState): Transition | null {
  if (!isRated(state)) {
    return null;
  }
  const next: SupportAt<'differing'> = { ...keptBase(state), at: 'differing', verdict: state.verdict };
  return moveTo(next, [differCard(next)]);
}

/** The reason goes into a card, a ticket and a list: as long as a few sentences. */
const longestReason = 500;

export function override(state: SupportState, event: EventOf<'clicked'>, context: Context): Transition | null {
  if (!isRated(state)) {
    return null;
  }
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const from = ratingOf(state.verdict);
  const wish = readWish(event.inputs, state);
  if (wish.kind === 'invalid') {
    return stay(state, invalidReply(wish.errors));
  }
  const change: VerdictOverride = {
    by: event.person,
    at: context.at,
    reason: wish.reason,
    from,
    to: wishedRating(from, wish.wish),
  };
  const overrides = [...(state.overrides ?? []), change];
  const byRules = overrides[0]?.from.scope ?? from.scope;
  const verdict = rerate(state.verdict, change.to, byRules, state.answers);
  const next: SupportAt<'judged'> = { ...keptBase(state), at: 'judged', verdict, overrides };
  return moveTo(
    next,
    [verdictCard(next, context)],
    [
      {
        type: 'verdict-overridden',
        overrideId: `${context.caseId}/${context.revision}`,
        override: change,
        tablesVersion: verdict.tablesVersion,
      },
    ],
  );
}

type ReadWish =
  | { kind: 'wish'; wish: Wish; reason: string }
  | { kind: 'invalid'; errors: { input: string; message: string }[] };

/** A typed wish may name less than the form does; what it leaves out stays as it is. */
function readWish(inputs: EventOf<'clicked'>['inputs'], state: Rated): ReadWish {
  const reason = redact(firstPart((inputs['reason'] ?? '').trim(), longestReason)).text;
  const scope = inputs['scope'] === 'unsupported' ? 'unsupported' : 'supported';
  const said = (inputs['severity'] ?? '').trim().toLowerCase();
  const severity = severities.find((one) => one === said) ?? null;
  const wish: Wish = { scope, severity: scope === 'supported' ? severity : null };
  const from = ratingOf(state.verdict);
  const to = wishedRating(from, wish);
  const about = severityProblem(said !== '' && severity === null, isSameRating(from, to));
  const errors = [
    ...(reason === ''
      ? [{ input: 'reason', message: 'Say why, in a sentence: whoever reads the case later wants to know.' }]
      : []),
    ...(about === null ? [] : [{ input: 'severity', message: about }]),
  ];
  return errors.length > 0 ? { kind: 'invalid', errors } : { kind: 'wish', wish, reason };
}

function severityProblem(isUnknown: boolean, changesNothing: boolean): string | null {
  if (isUnknown) {
    return `Choose one of ${severities.map(severityText).join(', ')}.`;
  }
  return changesNothing ? 'The verdict says this already. Choose what should be different.' : null;
}

function differCard(state: SupportAt<'differing'>): ShowMessage {
  const { verdict, overrides = [] } = state;
  const promised = (overrides[0]?.from.scope ?? verdict.scope) === 'supported';
  const data: DifferData = {
    now: ratingText(state),
    note: promised
      ? 'The time for a first answer follows the severity that you choose.'
      : 'You may have the ticket opened all the same. By the rules it is no case for support, so no time is promised.',
    scope: 'supported',
    severity: verdict.severity ?? '',
    severities: severities.map((severity) => severityChoice(severity, promised)),
  };
  return showCard(
    supportMessage,
    state.place,
    'How do you see it? Say what should be different, and why.',
    { name: 'differ', data },
    { verbs: ['override', 'back'] },
  );
}

function severityChoice(severity: Severity, promised: boolean): Choice {
  const title = severityText(severity);
  const when = targetWords(targetOf(severity).text);
  const told = when === '' ? 'no fixed time' : `first answer ${when}`;
  return { title: promised ? `${title}: ${told}` : title, value: severity };
}
