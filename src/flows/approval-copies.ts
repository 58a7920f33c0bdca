/**
 * Where the card of one request stands: in every channel for approvals, and in the private chat of everybody who is asked.
 * Each copy is a message of its own, whose name stays the same as long as its place does.
 */
import type { PersonId } from '../policy/people.ts';
import { workMessage } from './connect-work.ts';
import type { Place } from './event.ts';
import type { Context, Directory } from './flow.ts';
import type { ApprovalCopy } from './approval-state.ts';
import { isSamePlace } from './routing.ts';

export function copiesFor(workId: string, asked: readonly PersonId[], { directory }: Context): ApprovalCopy[] {
  const channels = approvalPlaces(directory).map((place) => ({ place, reader: null }));
  const chats = asked.flatMap((person) => {
    const place = directory.personPlaces?.get(person)?.[0];
    return place === undefined ? [] : [{ place, reader: person }];
  });
  const places = [...channels, ...chats];
  return places
    .filter(({ place }, index) => places.findIndex((other) => isSamePlace(other.place, place)) === index)
    .map(({ place, reader }, index) => ({ place, reader, message: copyMessage(workId, index === 0 ? null : place) }));
}

/** What stands already, and what is new for these people; the first copy keeps its plain name. */
export function withReaders(
  copies: readonly ApprovalCopy[],
  workId: string,
  asked: readonly PersonId[],
  context: Context,
): readonly ApprovalCopy[] {
  const wanted = copiesFor(workId, asked, context);
  const fresh = wanted
    .filter(({ place }) => !copies.some((known) => isSamePlace(known.place, place)))
    .map(({ place, reader }) => ({ place, reader, message: copyMessage(workId, copies.length === 0 ? null : place) }));
  return [...copies, ...fresh];
}

export function approvalPlaces({ places }: Directory): readonly Place[] {
  return places.approvalCopies ?? (places.approvals === null ? [] : [places.approvals]);
}

function copyMessage(workId: string, place: Place | null): string {
  const where = place === null ? '' : `@${place.platform}.${encodeURIComponent(place.conversation)}`;
  return workMessage(`approval${where}`, workId);
}

/** The card of another plan, or of another undo, than this one. */
export function isOfOther(message: string, workId: string): boolean {
  const name = message.split('/').at(-1) ?? '';
  return /^approval(?:@[^/]*)?-(?:plan|undo)-[^-]+$/.test(name) && !name.endsWith(`-${workId.split('/').at(-1) ?? ''}`);
}

/** Names a message beside a copy, such as a reminder. */
export function besideCopy(what: string, { message }: ApprovalCopy): string {
  return message.replace(/^approval/, `approval-${what}`);
}
