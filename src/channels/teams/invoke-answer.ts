/**
 * Answers to a pressed button. Words stand below the card and leave what was typed into it; a card takes the place of
 * the old one, for this person, until the next edit.
 * Source: "Universal Actions for Adaptive Cards", response format.
 */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { inputsIn, textOf } from '../../cards/adaptive-card.ts';
import { fillCard } from '../../cards/fill.ts';
import { visibleText } from '../../cards/text.ts';
import type { Reply } from '../../flows/reply.ts';
import { readToken as readTokenRow } from '../../store/tokens.ts';
import { shownNow } from '../shown-now.ts';
import type { Clicked } from './click.ts';
import type { TeamsDeps } from './deps.ts';
import type { TeamsPerson } from './identity.ts';
import { cardType } from './message.ts';
import { layoutOf } from './place.ts';
import type { Answer } from './router.ts';
import type { Activity } from './schema.ts';
import { type Shown, viewOf, type Viewer } from './views.ts';

export function wordsAnswer(text: string): Answer {
  return invokeAnswer('application/vnd.microsoft.activity.message', visibleText(text));
}

function invokeAnswer(type: string, value: string | AdaptiveCard): Answer {
  return { status: 200, body: { statusCode: 200, type, value } };
}

/** The present state of the message that a token belongs to, as this person may see it. */
export async function cardAnswer(
  deps: TeamsDeps,
  activity: Activity,
  viewer: TeamsPerson | 'stranger',
  tokenId: string | null,
): Promise<Answer> {
  const row = tokenId === null ? null : await readTokenRow(deps.store.read, tokenId);
  const shown = row === null ? null : await shownNow(deps, row.messageKey);
  return shown === null
    ? wordsAnswer('I do not know this card any more. Use the newest one.')
    : present(deps, activity, viewer, shown, '');
}

export async function outcomeAnswer(
  deps: TeamsDeps,
  activity: Activity,
  person: TeamsPerson,
  { message, reply }: Clicked,
): Promise<Answer> {
  const shown = message === null ? null : await shownNow(deps, message);
  if (shown === null || reply.outcome === 'refused') {
    return wordsAnswer(reply.because || 'Done.');
  }
  if (reply.outcome === 'invalid') {
    return wordsAnswer(problemsIn(reply, shown));
  }
  return present(deps, activity, person, shown, reply.because);
}

async function present(
  deps: TeamsDeps,
  activity: Activity,
  person: Viewer['person'],
  shown: Shown,
  note: string,
): Promise<Answer> {
  const isPrivate = activity.conversation.conversationType === 'personal' || isAlone(activity);
  const card = await viewOf(deps, shown, { person, isPrivate, note });
  return card === null ? wordsAnswer(note || shown.content.text) : invokeAnswer(cardType, card);
}

function isAlone({ conversation }: Activity): boolean {
  return conversation.isGroup === false && layoutOf(conversation) === 'flat';
}

/** Each problem with the label of its input, because the words stand below the card. */
function problemsIn(reply: Reply, shown: Shown): string {
  const inputs = shown.content.card === null ? [] : inputsIn(fillCard(shown.content.card));
  const lines = reply.errors.map(({ input, message }) => {
    const known = inputs.find((candidate) => textOf(candidate, 'id') === input);
    const label = known === undefined ? '' : textOf(known, 'label');
    return label === '' ? message : `${label}: ${message}`;
  });
  return lines.length === 0 ? reply.because : lines.join('\n');
}
