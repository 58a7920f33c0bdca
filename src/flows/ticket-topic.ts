/** What a ticket is about besides what was answered: which environment, and the connection that it concerns. */
import type { Evidence } from '../plan/evidence.ts';
import type { Line } from './card.ts';
import { firstPart } from './first-part.ts';
import type { Context } from './flow.ts';
import { redact } from './redact.ts';
import type { ConnectState, SupportState, TicketMatter } from './state.ts';

/** Its name, as the case knows it or as it was said; its kind where there is no name; '' where there is neither. */
export function environmentOf(state: SupportState, context: Pick<Context, 'directory'>): string {
  return namedEnvironment(state, context) || (state.answers.environment ?? '');
}

/** As the settings name it; '' where no name was said. */
export function namedEnvironment({ about, words }: SupportState, { directory }: Pick<Context, 'directory'>): string {
  if (about !== undefined && about.environment !== '') {
    return about.environment;
  }
  const said = new Set(words.toLowerCase().split(/[^\p{L}\p{N}._-]+/u));
  const named = directory.environments.filter(({ name }) => said.has(name.toLowerCase()));
  const [only] = named;
  return named.length === 1 && only !== undefined ? only.name : '';
}

export function topicLines(state: SupportState, context: Context): Line[] {
  const name = namedEnvironment(state, context);
  return name === '' ? [] : [{ title: 'Name of the environment', value: name }];
}

/** What fits into a ticket that people still read. */
const mostProofs = 12;
const longestProof = 200;

export function proofLines({ about }: SupportState): readonly string[] {
  return (about?.proofs ?? []).slice(0, mostProofs);
}

/** A connection: its plan, and what was proved of it. */
export function matterOf(environment: string, state: ConnectState): TicketMatter {
  const evidence = 'proof' in state ? state.proof.evidence : [];
  const plans = 'planId' in state ? [state.planId] : [];
  return { environment, plans, proofs: evidence.map(proofText) };
}

/** "Read: both sides say Connected" */
function proofText({ good, kind, text }: Evidence): string {
  const verdict = good === null ? ', not known' : good ? '' : ', not as it should be';
  return redact(firstPart(`${kindWords[kind]}${verdict}: ${text}`, longestProof)).text;
}

const kindWords = { read: 'Read', computed: 'Computed', observed: 'Observed' } as const;
