/** What people mean by an app: its whole name, and the frontend behind which all apps of an environment answer. */
import type { ConnectAnswers, ResourceId } from './plan.ts';
import { isWithin } from './resolve.ts';
import type { FrontendSeen, Survey } from './world.ts';

/** Apps are served over HTTPS. */
export const appPort = 443;

/** Whole names of the apps that were asked for; a wildcard stands for every app under the suffix. */
export function wantedNames(answers: ConnectAnswers, suffix: string): string[] {
  const apps = answers.apps === '*' ? ['*'] : answers.apps;
  return [...new Set(apps.map((app) => wholeName(app, suffix)))];
}

/** A name with a dot is whole already: a domain of the company's own, or the default one written out. */
function wholeName(app: string, suffix: string): string {
  return (app.includes('.') ? app : `${app}.${suffix}`).toLowerCase();
}

/** The name answers under a domain of the company's own. */
export function isCustom(name: string, suffix: string): boolean {
  return !isWithin(name, suffix);
}

/** The frontend that the apps answer on inside their network; null when there is no internal load balancer. */
export function appFrontend(survey: Survey): (FrontendSeen & { privateAddress: string }) | null {
  const internal = survey.environment.frontends.flatMap((frontend) =>
    frontend.privateAddress === null ? [] : [{ ...frontend, privateAddress: frontend.privateAddress }],
  );
  const sorted = internal.toSorted((left, right) =>
    compareText(left.loadBalancer + left.name, right.loadBalancer + right.name),
  );
  return sorted[0] ?? null;
}

export function appAddress(survey: Survey): string | null {
  return appFrontend(survey)?.privateAddress ?? null;
}

export function frontendId(frontend: FrontendSeen): ResourceId {
  return frontend.id ?? `${frontend.loadBalancer}/frontendIPConfigurations/${frontend.name}`;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
