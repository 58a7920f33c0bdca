/**
 * Files that people attach to what they write. They stay in the room until the ticket, or a reply, is sent; then they go
 * along. Their names are redacted like every other text; what stands in them is not looked through, and people are told.
 */
import type { Effect, ShowMessage } from './effect.ts';
import type { EventOf, Place, SaidFile } from './event.ts';
import { type Context, moveTo, type Transition, whyOnlyHelp } from './flow.ts';
import { showText } from './message.ts';
import { redactName } from './redact.ts';
import type { SupportState } from './state.ts';
import { sizeText } from './ticket-comments.ts';

/** As many as one text takes to the desk. */
const mostFiles = 20;

/** What was attached is kept with the case, when its writer may speak for it. */
export function keepFiles(state: SupportState, event: EventOf<'said'>, context: Context): SupportState {
  const { attached = [], person } = event;
  const isOpen = state.at === 'open';
  const may = isOpen ? whyOnlyHelp(context.directory, person) === null : person === state.requester;
  return attached.length === 0 || !may || state.at === 'put-off' || state.at === 'opening'
    ? state
    : { ...state, files: onceEach([...(state.files ?? []), ...attached]).slice(-mostFiles) };
}

/** Somebody who got no answer says the same again, with the same files. */
function onceEach(files: readonly SaidFile[]): SaidFile[] {
  return [...new Map(files.map((file) => [file.id, file])).values()];
}

/** Told to whoever attached them, when they were not sent with the same words. */
export function keptFiles(event: EventOf<'said'>, after: SupportState, context: Context): ShowMessage[] {
  const { attached = [], person, place } = event;
  const kept = attached.filter(({ id }) => (after.files ?? []).some((file) => file.id === id));
  if (kept.length === 0) {
    return [];
  }
  const when = after.at === 'open' ? 'the next reply that is sent to support' : 'the ticket, when it is sent';
  const text = `${namesOf(kept)} ${kept.length === 1 ? 'goes' : 'go'} along with ${when}. ${notLookedThrough} Write “without files” to leave ${kept.length === 1 ? 'it' : 'them'} out.`;
  return [showText(`files-${context.revision}`, place, text, { onlyFor: person })];
}

const notLookedThrough = 'I do not look through files for passwords or keys.';

export function withoutFiles(state: SupportState): Transition {
  const { files: _files, ...rest } = state;
  return moveTo(rest);
}

/** For the effect that takes them to the desk. */
export function filesFor(files: readonly SaidFile[]): Pick<Extract<Effect, { type: 'send-comment' }>, 'files'> {
  return files.length === 0 ? {} : { files: files.map(({ id }) => id) };
}

/** "Attached: error.log (12 KB)" */
export function attachedText(files: readonly SaidFile[]): string {
  return files.length === 0 ? '' : `Attached: ${namesOf(files)}`;
}

function namesOf(files: readonly SaidFile[]): string {
  return files.map(({ name, size }) => `${redactName(name)}${size === null ? '' : ` (${sizeText(size)})`}`).join(', ');
}

/** What the preview says of files: those that go along, or how some can. */
export function filesNote({ files = [], place }: SupportState): string {
  return files.length === 0
    ? wayForFiles(place)
    : `${attachedText(files)}. ${notLookedThrough} Write “without files” to send none.`;
}

/** Teams hands a bot no files in channels and group chats. Source: "Send and receive files through the bot". */
export function wayForFiles({ conversation, platform }: Place): string {
  return platform === 'teams' && conversation.startsWith('19:')
    ? 'Files: Teams gives me none in channels. Attach them in the ticket at the desk, or describe the problem in our private chat, where I can take them.'
    : 'Files: attach them to a message here, and they go along; at most 20 MB each.';
}
