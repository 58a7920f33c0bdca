/** Words of the house itself, when no flow can speak: an event that could not be taken, an answer that came too late. */
import type { Anchor } from '../audit/anchor.ts';
import { houseCase } from '../audit/note.ts';
import type { OpenForm, ShowMessage } from '../flows/effect.ts';
import type { Event, Place } from '../flows/event.ts';
import { showText } from '../flows/message.ts';
import type { PersonId } from '../flows/people.ts';
import type { CaseState } from '../flows/state.ts';
import { readEffect } from '../store/effects.ts';
import { readFlow } from '../store/flows.ts';
import type { Tx } from '../store/store.ts';
import { writeEffect } from './write-effects.ts';

/** Shown to the person, whose wish was not fulfilled. */
export const troubleText =
  'Something went wrong on my side, and nothing was changed. It is recorded for the administrator; try again, or write “help”.';

export interface Trouble {
  eventId: string;
  event: Event;
  caseId: string;
  at: string;
  because: string;
  /** Where administrators read it. */
  adminPlaces: readonly Place[];
}

/** Tells the person who waits, and the administrators, that an event could not be taken. */
export async function writeTrouble(tx: Tx, trouble: Trouble): Promise<void> {
  if (isAboutNotice(trouble.event)) {
    return;
  }
  const person = await personWhoWaits(tx, trouble);
  const shown = [...(person === null ? [] : [person]), ...trouble.adminPlaces.map((to) => forAdmin(trouble, to))];
  for (const [index, effect] of shown.entries()) {
    await writeNotice(tx, `${prefix}${trouble.eventId}/${index}`, effect, trouble);
  }
}

const tooLateTexts = {
  show: 'An answer for you was ready too late to be of use, so I left it out. Press the button once more.',
  'open-form': 'I could not open the form in time, and nothing was changed. Press the button once more.',
} as const;

/** The way to the person may be slow, but this word is the last one: it does not expire. */
export async function writeTooLate(
  tx: Tx,
  late: { effectId: string; effect: ShowMessage | OpenForm; caseId: string; at: string },
) {
  const { effectId, effect, caseId, at } = late;
  const text = tooLateTexts[effect.type];
  const notice = showText(
    `${effect.message}/late`,
    effect.to,
    text,
    effect.onlyFor === null ? {} : { onlyFor: effect.onlyFor },
  );
  await writeNotice(tx, `${effectId}/late`, { ...notice, expiresInSeconds: null }, { caseId, at });
}

/** A hash that stands in a channel cannot be changed there by whoever changes the database. */
export async function writeAnchorNotice(
  tx: Tx,
  { place, day, anchor, at }: { place: Place; day: string; anchor: Anchor; at: string },
): Promise<void> {
  const id = `${prefix}anchor/${day}`;
  if ((await readEffect(tx, id)) !== null) {
    return;
  }
  const text = `Anchor ${anchor.seq} of the audit, ${anchor.at}, over ${anchor.cases} cases: ${anchor.hash}. It holds everything that was recorded until then; leave this message where it is.`;
  await writeNotice(tx, id, showText(`anchor-${day}`, place, text), { caseId: houseCase, at });
}

/** Said by nobody's case, such as a digest; `name` stands for one message. */
export async function writeHouseNotice(tx: Tx, name: string, message: ShowMessage, at: string): Promise<void> {
  await writeNotice(tx, `${prefix}${name}`, { ...message, message: name }, { caseId: houseCase, at });
}

const prefix = 'notice/';

/** That a notice could not be sent is no reason for another one. */
function isAboutNotice(event: Event): boolean {
  return event.type === 'effect-failed' && event.effect.startsWith(prefix);
}

/** Null when they read it in the reply, or nobody waits. */
async function personWhoWaits(tx: Tx, { event, eventId, caseId }: Trouble): Promise<ShowMessage | null> {
  if (event.type === 'clicked') {
    return null;
  }
  if (event.type === 'said') {
    return showText(`trouble/${eventId}`, event.place, troubleText, { onlyFor: event.person });
  }
  const state = (await readFlow(tx, caseId))?.state ?? null;
  const waiting = state === null ? null : waitingIn(state);
  return waiting === null ? null : showText('trouble', waiting.place, troubleText, { mention: [waiting.person] });
}

function waitingIn(state: CaseState): { person: PersonId; place: Place } | null {
  switch (state.flow) {
    case 'connect':
    case 'support':
      return { person: state.requester, place: state.place };
    case 'alert':
      return state.desk === undefined ? null : { person: state.desk.requester, place: state.desk.place };
    case 'talk':
      return { person: state.person, place: state.place };
    case 'settings':
    case 'watch':
      return null;
    default: {
      const never: never = state;
      return never;
    }
  }
}

function forAdmin({ event, eventId, caseId, because }: Trouble, to: Place): ShowMessage {
  const text = `I could not take an event of type “${event.type}” in case ${caseId}: ${because} Nothing of it was done, and it is kept as “${eventId}”. Mend the cause, then ask for it to be tried again.`;
  return showText(`trouble/${eventId}/${to.platform}/${to.conversation}`, to, text);
}

async function writeNotice(tx: Tx, id: string, effect: ShowMessage, where: { caseId: string; at: string }) {
  const { caseId, at } = where;
  // A notice is written once, so its own id is that of its buttons.
  await writeEffect(tx, id, effect, { caseId, revision: 0, at, newTokenId: () => id });
}
