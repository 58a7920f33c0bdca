/** A world in which Private Link can be planned: subnets, a frontend with ports, no services or endpoints yet. */
import { frontend, hubWithSubnets, managed } from '../parts.ts';
import { surveyOf, type SurveyParts } from '../world.ts';

export function privateLinkWorld(parts: SurveyParts = {}) {
  return surveyOf({
    mendix: managed,
    networks: [hubWithSubnets],
    ...parts,
    environment: { frontends: [frontend], ...parts.environment },
    more: { linkServices: [], endpoints: [], ...parts.more },
  });
}
