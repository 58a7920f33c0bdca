/**
 * The networks alone: a peering that is made, repaired or brought in step, without names for anything.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 1.
 */
import { appPort } from './apps.ts';
import { networksOf } from './network-graph.ts';
import { peeredNetworks, peeringPairs, peeringSteps } from './plan-peerings.ts';
import { checkAddresses, checkFarAddresses } from './preflight-addresses.ts';
import { checkPeerings } from './preflight-peerings.ts';
import { checkNetworks } from './preflight.ts';
import { gainedReach } from './reach.ts';
import type { Sketch, Wish } from './scenario.ts';

export function planPeeringOnly({ answers, survey, naming }: Wish): Sketch {
  const useGateway = answers.useGateway === true;
  const findings = [
    ...checkNetworks(answers, survey, 'that should be peered'),
    ...checkAddresses(survey),
    ...checkPeerings(survey, useGateway),
  ];
  const ours = survey.environment.network;
  if (ours === null) {
    return { findings, drawing: null };
  }
  const pairs = peeringPairs(ours, survey.networks, { naming, useGateway });
  const before = networksOf(survey);
  const after = peeredNetworks(before, pairs);
  return {
    findings: [...findings, ...checkFarAddresses(ours, after)],
    drawing: {
      drafts: peeringSteps(pairs),
      reach: gainedReach(before, after),
      promises: { names: [], from: survey.networks.map(({ id }) => id), port: appPort },
      because: [],
    },
  };
}
