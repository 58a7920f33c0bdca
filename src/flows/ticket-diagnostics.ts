/**
 * What a ticket can carry that nobody wrote: where the environment stands in Azure, plans, and what was looked at. The
 * preview shows it line by line without secrets; it leaves only while its switch is on.
 */
import type { EventOf } from './event.ts';
import { type Context, type Directory, environmentsFor, findPerson, moveTo, type Transition } from './flow.ts';
import { redact } from './redact.ts';
import type { Diagnostics, SupportAt, SupportState } from './state.ts';
import { namedEnvironment, proofLines } from './ticket-topic.ts';

type Prepared = SupportAt<'previewing' | 'opening'>;

/** As they stand when the ticket is prepared; what is shown then is what is sent. */
export function diagnosticsOf(state: SupportState, { directory, facts }: Context): Diagnostics {
  const plans = state.about?.plans ?? [];
  const proofs = proofLines(state);
  const lines = [
    ...environmentLines(state, directory, facts),
    ...(plans.length === 0 ? [] : [`Plans: ${plans.join(', ')}`]),
    ...(proofs.length === 0 ? [] : [proofsTitle, ...proofs]),
  ].map(redact);
  return { lines: lines.map(({ text }) => text), removed: [...new Set(lines.flatMap(({ removed }) => removed))] };
}

const proofsTitle = 'What was looked at:';

/** Nobody is told of an environment that they may not ask about. */
function environmentLines(state: SupportState, directory: Directory, facts: Context['facts']): string[] {
  const name = namedEnvironment(state, { directory });
  const person = findPerson(directory, state.requester);
  const known = person === null ? undefined : environmentsFor(directory, person).find((one) => one.name === name);
  if (known === undefined) {
    return [];
  }
  const region = facts.discovery?.value.environments.find((one) => one.name === name)?.location ?? '';
  return [
    `Subscription: ${known.subscription}`,
    `Managed resource group: ${known.managedResourceGroup}`,
    ...(region === '' ? [] : [`Region: ${region}`]),
  ];
}

/** What goes out: the words of the preview and, as long as nobody has said no, the lines below them. */
export function withDiagnostics(state: Prepared, body: string): string {
  const lines = state.withoutDiagnostics === true ? [] : (state.diagnostics?.lines ?? []);
  return lines.length === 0
    ? body
    : [body, '', 'Diagnostics:', ...lines.map((line) => (line === proofsTitle ? line : `- ${line}`))].join('\n');
}

/** The switch of the card; where the card did not say it, what was said before. */
export function withConsent<State extends SupportState>(state: State, { inputs }: Pick<EventOf<'clicked'>, 'inputs'>) {
  const said = inputs['diagnostics'];
  return said === undefined ? state : consenting(state, said === 'true');
}

function consenting<State extends SupportState>(state: State, isGiven: boolean): State {
  const { withoutDiagnostics: _before, ...rest } = state;
  return (isGiven ? rest : { ...rest, withoutDiagnostics: true }) as State;
}

/** "without diagnostics", "with diagnostics"; null where nothing is prepared. */
export function switchDiagnostics(
  state: SupportState,
  { verb }: Pick<EventOf<'clicked'>, 'verb'>,
  show: (state: SupportAt<'previewing'>) => Transition['effects'],
): Transition | null {
  if (state.at !== 'previewing') {
    return null;
  }
  const next = consenting(state, verb === 'send-diagnostics');
  return moveTo(next, show(next));
}
