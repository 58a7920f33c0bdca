/**
 * What the names that a plan does not speak of answered before it: recorded with the plan, so that the proof compares
 * with what was, and not with what can be worked out of what is.
 */
import { knownNames } from './names.ts';
import type { NamesBefore, PlanStep, ResourceId } from './plan.ts';
import { type Resolution, resolveName } from './resolve.ts';
import { networksOf } from './network-graph.ts';
import { sameResource, type Survey } from './world.ts';

/** A plan is stored and read often; of a zone with more names the first ones stand for all. */
const mostNames = 500;

export function namesBefore(survey: Survey, networks: readonly ResourceId[]): NamesBefore[] {
  const names = namesIn(survey).slice(0, mostNames);
  return networks.flatMap((id) => {
    const network = networksOf(survey).find((known) => sameResource(known.id, id));
    return network === undefined || names.length === 0
      ? []
      : {
          network: id,
          answers: Object.fromEntries(
            names.map((name) => [name, resolutionWords(resolveName(name, network, survey.zones))]),
          ),
        };
  });
}

/** Where people live who would miss names: the networks of the promise, and those to which a zone is linked. */
export function affectedNetworks(steps: readonly PlanStep[], from: readonly ResourceId[]): ResourceId[] {
  const linked = steps.flatMap(({ kind, body }) => {
    const { properties } = (body ?? {}) as { properties?: { virtualNetwork?: { id: string } } };
    return kind === 'dns-link' ? (properties?.virtualNetwork?.id ?? []) : [];
  });
  return [...new Map([...from, ...linked].map((id) => [id.toLowerCase(), id])).values()];
}

/** Names of every zone that was read. */
export function namesIn(seen: Survey): string[] {
  return [...new Set(seen.zones.flatMap(({ name }) => knownNames(seen, name)))].sort();
}

export function resolutionWords(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'answered':
      return resolution.addresses.join(', ');
    case 'hidden':
      return `nothing (the zone ${resolution.zone} hides it)`;
    case 'public':
      return 'what the public DNS says';
    case 'own-servers':
    default:
      return 'what its own DNS servers say';
  }
}
