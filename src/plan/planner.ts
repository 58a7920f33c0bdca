/**
 * Makes the plan of a connection from what was asked and what stands in Azure. Pure: the same reading gives the same
 * plan, and a world in which the plan was carried out gives a plan that keeps everything. One file per scenario beside
 * this.
 */
import { numberSteps } from './draft-step.ts';
import { stop } from './finding.ts';
import { checkFailed, withoutHalfMade } from './half-made.ts';
import { hashSteps } from './hash.ts';
import { affectedNetworks, namesBefore } from './names-before.ts';
import { ownNaming, tagsBy } from './naming.ts';
import { planAppsByPeering } from './plan-apps-by-peering.ts';
import { planAppsByPrivateLink } from './plan-apps-by-private-link.ts';
import { planDatabaseRead } from './plan-database-read.ts';
import { planDnsServers } from './plan-dns-servers.ts';
import { planPeeringOnly } from './plan-peering-only.ts';
import { planServiceByEndpoint } from './plan-service-by-endpoint.ts';
import { planServiceByPeering } from './plan-service-by-peering.ts';
import type {
  ConnectAnswers,
  EnvironmentAt,
  Finding,
  Ground,
  Method,
  Naming,
  Plan,
  Planned,
  Scenario,
} from './plan.ts';
import { checkResourceLimits } from './preflight-limits.ts';
import { checkRights } from './preflight-rights.ts';
import { allFindings, isStopped } from './preflight.ts';
import type { Sketch, Wish } from './scenario.ts';
import { undoSteps } from './undo.ts';
import type { Survey } from './world.ts';

export interface ChosenMethod {
  method: Method;
  because: readonly Ground[];
}

/** `tags` go on what the plan creates and that can carry tags, such as `causeway-case`; `naming` is the settings'. */
export function planConnection(
  answers: ConnectAnswers,
  seen: Survey,
  choice: ChosenMethod,
  tags: Readonly<Record<string, string>> = {},
  naming?: Naming,
): Planned {
  const survey = withoutHalfMade(seen, naming);
  const wanted = answers.method ?? choice.method;
  const scenario = scenarioOf(answers, wanted);
  const method = methodOf(scenario, answers, wanted);
  const wish: Wish = { answers, survey, naming: naming ?? ownNaming, tags: tagsBy(naming ?? ownNaming, tags) };
  const conflict = checkWish(answers, scenario);
  const sketch = conflict === null ? sketchOf(scenario, method, wish) : { findings: [conflict], drawing: null };
  const drafts = sketch.drawing?.drafts ?? [];
  const findings = allFindings(
    [
      ...sketch.findings,
      ...checkRights(drafts, survey),
      ...checkResourceLimits(drafts, survey),
      ...checkFailed(drafts, seen, naming),
    ],
    survey,
  );
  if (sketch.drawing === null || isStopped(findings)) {
    return { kind: 'refused', findings };
  }
  const { reach, promises, because, aftermath } = sketch.drawing;
  const steps = numberSteps(drafts);
  const before = namesBefore(survey, affectedNetworks(steps, promises.from));
  // Reasons for a method say nothing about a plan that was not made by it, or that has none.
  const rules = choice.method === method && scenario !== 'dns-servers';
  return {
    kind: 'planned',
    plan: {
      hash: hashSteps(steps),
      scenario,
      method,
      environment: survey.environment.name,
      because: distinct([...(rules ? choice.because : []), ...because]),
      findings,
      steps,
      undo: undoSteps(steps),
      reach,
      promises,
      ...(aftermath === undefined ? {} : { aftermath }),
      ...(before.length === 0 ? {} : { namesBefore: before }),
      madeFrom: { answers, environment: whereIs(survey), tags, ...(naming === undefined ? {} : { naming }) },
    },
  };
}

/** The plan that the same request gives now, from a fresh reading. */
export function planAgain({ madeFrom, method, because }: Plan, survey: Survey): Planned {
  const { answers, tags, naming } = madeFrom;
  return planConnection(answers, survey, { method, because }, tags, naming);
}

function sketchOf(scenario: Scenario, method: Method, wish: Wish): Sketch {
  switch (scenario) {
    case 'apps-by-peering':
      return wish.answers.peeringOnly === true ? planPeeringOnly(wish) : planAppsByPeering(wish);
    case 'apps-by-private-link':
      return planAppsByPrivateLink(wish);
    case 'service-by-endpoint':
      return method === 'peering' ? planServiceByPeering(wish, true) : planServiceByEndpoint(wish);
    case 'dns-servers':
      return overridesByZone(wish.answers) ? planServiceByPeering(wish, false) : planDnsServers(wish);
    case 'database-read':
      return planDatabaseRead(wish);
    default: {
      const never: never = scenario;
      return never;
    }
  }
}

/** Names of the company for the apps, without own servers: a private zone does it. */
function overridesByZone({ service, dnsServers = [] }: ConnectAnswers): boolean {
  return dnsServers.length === 0 && service !== null && service !== undefined;
}

/** What was asked for by name stays; else what was asked for besides the apps decides, and for apps the method. */
function scenarioOf(answers: ConnectAnswers, method: Method): Scenario {
  const { scenario, service, dnsServers = [] } = answers;
  if (scenario !== null) {
    return scenario;
  }
  if (service !== null && service !== undefined && dnsServers.length === 0) {
    return 'service-by-endpoint';
  }
  if (dnsServers.length > 0) {
    return 'dns-servers';
  }
  return method === 'peering' ? 'apps-by-peering' : 'apps-by-private-link';
}

function methodOf(scenario: Scenario, answers: ConnectAnswers, chosen: Method): Method {
  switch (scenario) {
    case 'apps-by-private-link':
      return 'private-link';
    case 'service-by-endpoint':
      // Somebody who asks for an endpoint by name means one, unless they name the method as well.
      return answers.method ?? (answers.scenario === null ? chosen : 'private-link');
    case 'apps-by-peering':
    case 'dns-servers':
    case 'database-read':
      return 'peering';
    default: {
      const never: never = scenario;
      return never;
    }
  }
}

/** Two wishes that exclude each other. */
function checkWish({ method }: ConnectAnswers, scenario: Scenario): Finding | null {
  if (method === 'private-link' && scenario === 'database-read') {
    return stop(
      'DatabaseNeedsPeering',
      'Direct database access does not go through Private Link.',
      'Choose peering; when the address ranges overlap, give one network other addresses or leave the database out.',
    );
  }
  const meant =
    scenario === 'apps-by-peering' ? 'peering' : scenario === 'apps-by-private-link' ? 'private-link' : null;
  return meant === null || method === null || method === meant
    ? null
    : stop(
        'ScenarioAndMethodDiffer',
        `The scenario ${scenario} and the method ${method} exclude each other.`,
        'Leave one of the two out; the other one then decides.',
      );
}

/** A plan that is made again brings its reasons along. */
function distinct(grounds: readonly Ground[]): Ground[] {
  return grounds.filter((ground, index) => grounds.findIndex(({ note }) => note === ground.note) === index);
}

function whereIs(survey: Survey): EnvironmentAt {
  const { name, subscription, managedResourceGroup, domainSuffix } = survey.environment;
  return { name, subscription, managedResourceGroup, domainSuffix };
}
