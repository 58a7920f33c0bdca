/**
 * What can be said about a connection after its plan was carried out: what Azure says (read), what follows from it for
 * names and for what stays closed (computed), and what the bot could try for itself (observed). The rest of whether it
 * works is for somebody inside the network to see; the proof says what to run there.
 */
import type { ProbeSettings } from '../config/settings-probe.ts';
import type { Evidence, Proof } from '../plan/evidence.ts';
import type { Plan } from '../plan/plan.ts';
import { sameResource, type Survey } from '../plan/world.ts';
import type { Arm } from './arm.ts';
import { checksToRun } from './checks-to-run.ts';
import type { Pace } from './probe-watcher.ts';
import { survey } from './survey.ts';
import { besides, closedEvidence } from './verify-closed.ts';
import { nameEvidence } from './verify-names.ts';
import { provisioningEvidence } from './verify-provisioning.ts';
import { reachEvidence } from './verify-reach.ts';
import { stepEvidence } from './verify-steps.ts';

/** From where the bot may look for itself; nowhere by default. */
const nowhere: ProbeSettings = { standsIn: null, timeoutMs: 5000, watcher: null };

export async function verify(arm: Arm, plan: Plan, settings = nowhere, pace?: Pace): Promise<Proof> {
  const { answers, environment } = plan.madeFrom;
  const [seen, provisioned] = await Promise.all([
    survey(arm, environment, answers),
    provisioningEvidence(arm, plan.steps),
  ]);
  const { evidence, toRun } = proveFrom(plan, seen);
  const seenWorking = await reachEvidence(plan, seen, besides(plan, seen), {
    arm,
    settings,
    ...(pace === undefined ? {} : { pace }),
  });
  return { evidence: [...evidence, ...provisioned, ...seenWorking], toRun };
}

/** Pure: the same reading gives the same proof. */
export function proveFrom(plan: Plan, seen: Survey): Proof {
  return {
    evidence: [
      ...plan.steps.flatMap((step) => stepEvidence(step, seen)),
      ...nameEvidence(plan, seen),
      ...closedEvidence(besides(plan, seen)),
      ...aftermathEvidence(plan),
      ...appEvidence(plan, seen),
      ...seen.unread.map(
        (what): Evidence => ({ kind: 'read', code: 'not-read', text: `I could not read ${what}.`, good: null }),
      ),
    ],
    toRun: checksToRun(plan, seen),
  };
}

/** What is still to happen by itself is no fault, and not done either. */
function aftermathEvidence({ aftermath }: Plan): Evidence[] {
  return aftermath === undefined
    ? []
    : [{ kind: 'computed', code: `${aftermath.what}-wait`, text: aftermath.text, good: null }];
}

/** Nobody has a shell in the environment's own network, so there is no check to run: an app has to try it. */
function appEvidence({ promises }: Plan, { environment }: Survey): Evidence[] {
  const isOwn = promises.from.some((id) => sameResource(id, environment.network?.id ?? ''));
  return !isOwn
    ? []
    : promises.names.map(({ name }): Evidence => {
        const text = `Only an app can see whether it reaches ${name}: let one of ${environment.name} call it, and look at the app’s log.`;
        return { kind: 'observed', code: 'app-call', text, good: null };
      });
}
