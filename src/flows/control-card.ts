/** How a stop or a freeze reads: where it was ordered, in the channels for approvals, and to whoever asks. */
import { freezeAt } from '../policy/freeze.ts';
import { mayControl } from '../policy/approvers.ts';
import { approvalPlaces } from './approval-copies.ts';
import { listed } from './approval-words.ts';
import type { ControlData } from './card.ts';
import type { Line } from './card-parts.ts';
import type { Control, StopSwitch } from './control-state.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { adminNames, type Context, environmentsFor, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { localDateTime } from './time.ts';

/** Who ended it. */
export interface Lifted {
  by: string;
  at: string;
  reason: string;
}

/** One card per place: the thread in which it was ordered, and every channel in which approvals stand. */
export function controlCards(
  control: Control,
  lifted: Lifted | null,
  thread: Place | null,
  context: Context,
): ShowMessage[] {
  const key = `control-${revisionOf(control.id)}`;
  const data = lifted === null ? orderedData(control, context) : liftedData(control, lifted, context);
  const content = { name: 'control' as const, data };
  const text = `${data.headline}. ${data.text}`;
  return [
    ...(thread === null ? [] : [showCard(key, thread, text, content)]),
    ...channelsBut(thread, context).map((place) => showCard(keyIn(key, place), place, text, content)),
  ];
}

/** Every channel in which approvals stand. */
export function channelsBut(thread: Place | null, { directory }: Context): Place[] {
  return approvalPlaces(directory).filter(
    ({ platform, conversation, thread: own }) =>
      thread === null || platform !== thread.platform || conversation !== thread.conversation || own !== thread.thread,
  );
}

/** A message stands in one place, so each place has one of its own. */
export function keyIn(key: string, { conversation, platform }: Place): string {
  return `${key}/${platform}/${conversation}`;
}

function revisionOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

export function ownerOf(control: Control): string {
  return control.id.slice(0, control.id.lastIndexOf('/'));
}

function zoneIn(context: Context, person: string): string {
  return findPerson(context.directory, person)?.zone ?? 'UTC';
}

function orderedData(control: Control, context: Context): ControlData {
  const zone = zoneIn(context, control.by);
  const lines = [
    { title: 'By', value: nameOf(context.directory, control.by) },
    { title: 'Since', value: localDateTime(control.at, zone) },
  ];
  const why = { title: 'Why', value: control.reason };
  const admins = adminNames(context.directory);
  if (control.kind === 'stop') {
    return dataOf({
      headline: 'All changes are stopped',
      tone: 'attention',
      text: stoppedText,
      lines: [...lines, why],
      wayOut: `${admins} can allow them again: “allow changes again: why”, in any thread.`,
    });
  }
  const who = namesAre(control.environments);
  const ends = control.until === null ? 'Until somebody lifts it' : localDateTime(control.until, zone);
  return dataOf({
    headline: control.until === null ? `${who} frozen` : `${who} frozen until ${ends}`,
    tone: 'warning',
    text: control.mode === 'wait' ? frozenText : secondText,
    lines: [...lines, { title: 'Ends', value: ends }, why],
    wayOut: `${admins} can end it earlier: “lift the freeze of ${control.environments?.join(', ') ?? 'all'}: why”, in any thread.`,
  });
}

const stoppedText =
  'Nothing new is written to Azure, whatever was approved. What Azure is doing already is watched to its end. Plans can still be made, rejected and withdrawn.';
const frozenText = 'Plans can be made and approved as always; nothing of them is written before the end.';
const secondText = 'A plan needs the yes of one more person, and is written right after it.';

function liftedData(control: Control, lifted: Lifted, context: Context): ControlData {
  const zone = zoneIn(context, control.by);
  const isStop = control.kind === 'stop';
  return dataOf({
    headline: isStop ? 'Changes are allowed again' : `${namesAre(control.environments)} no longer frozen`,
    tone: 'good',
    text: isStop
      ? 'Plans that were stopped on the way do not go on by themselves: whoever asked presses “Try again” on their card.'
      : 'Approved plans that waited for its end begin within a minute.',
    lines: [
      {
        title: isStop ? 'Stopped by' : 'Frozen by',
        value: `${nameOf(context.directory, control.by)}, ${localDateTime(control.at, zone)}`,
      },
      { title: 'Because', value: control.reason },
      {
        title: isStop ? 'Allowed by' : 'Lifted by',
        value: `${nameOf(context.directory, lifted.by)}, ${localDateTime(lifted.at, zone)}`,
      },
      { title: 'Why', value: lifted.reason },
    ],
    wayOut: '',
  });
}

/** Inside a sentence: "mendix-prod and mendix-acc", or "every environment". */
export function namesOf(environments: readonly string[] | null): string {
  return environments === null ? 'every environment' : listed(environments);
}

/** At the beginning of one; a name stays as it is written. */
function namesAre(environments: readonly string[] | null): string {
  const names = environments === null ? 'Every environment' : namesOf(environments);
  return `${names} ${(environments?.length ?? 1) > 1 ? 'are' : 'is'}`;
}

function dataOf(parts: Pick<ControlData, 'headline' | 'tone' | 'text' | 'lines' | 'wayOut'>): ControlData {
  return { ...parts, environmentsTitle: '', environments: [], reasonLabel: '' };
}

/** How it reads in one sentence to whoever is held up by it. */
export function stopText({ by, at, reason }: StopSwitch, zone: string, context: Context): string {
  return `${nameOf(context.directory, by)} stopped all changes on ${localDateTime(at, zone)}: ${reason}`;
}

/** For whoever asks, alone; an administrator gets the button that fits. */
export function statusCardFor(
  person: string,
  to: Place,
  context: Context,
  key = `control-status-${context.revision}`,
): ShowMessage {
  const { directory } = context;
  const { stop = null } = context.facts;
  const known = findPerson(directory, person);
  const isAdmin = known !== null && mayControl(known);
  const isFrozen = (context.facts.adHocFreezes ?? []).length > 0;
  const zone = zoneIn(context, person);
  const admins = adminNames(directory);
  const headline = stop === null ? 'Changes are allowed' : 'All changes are stopped';
  const text =
    stop === null
      ? 'Approved plans are written to Azure, except where the list says otherwise.'
      : `${stopText(stop, zone, context)}${/[.!?]$/.test(stop.reason) ? '' : '.'} ${stoppedText}`;
  const data: ControlData = {
    headline,
    tone: stop === null ? 'good' : 'attention',
    text,
    lines: [],
    environmentsTitle: 'Environment by environment',
    environments: environmentLines(person, zone, context),
    reasonLabel: isAdmin ? reasonLabelFor(stop, isFrozen) : '',
    wayOut: isAdmin ? '' : `${admins} can stop changes, freeze an environment, and allow them again.`,
  };
  const verbs = isAdmin ? [stop === null ? 'stop-changes' : 'allow-changes', ...(isFrozen ? ['lift-freeze'] : [])] : [];
  return showCard(key, to, `${headline}. ${text}`, { name: 'control', data }, { onlyFor: person, verbs });
}

function reasonLabelFor(stop: StopSwitch | null, isFrozen: boolean): string {
  if (isFrozen) {
    return stop === null
      ? 'Why should everything stop, or the freeze end?'
      : 'Why can changes go on, or the freeze end?';
  }
  return stop === null ? 'Why should everything stop?' : 'Why can changes go on?';
}

/** Only what this person may ask for. */
function environmentLines(person: string, zone: string, context: Context): Line[] {
  const { at, directory, facts } = context;
  const known = findPerson(directory, person);
  const shown = known === null ? [] : environmentsFor(directory, known);
  return shown.map(({ name }) => {
    const freeze = freezeAt(directory.freezes ?? [], facts.adHocFreezes ?? [], {
      environment: name,
      at: Temporal.Instant.from(at),
    });
    if (freeze === null) {
      return { title: name, value: 'not frozen' };
    }
    const ends =
      freeze.until === null ? 'until somebody lifts it' : `until ${localDateTime(freeze.until.toString(), zone)}`;
    const what = freeze.mode === 'wait' ? `frozen ${ends}` : `needs a second approval ${ends}`;
    return { title: name, value: `${what}: ${freeze.why}` };
  });
}
