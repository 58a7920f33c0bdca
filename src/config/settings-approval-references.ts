/** Whether the rules for approvals can work with the people, rotations and environments of the same settings. */
import { defaultRule } from '../policy/approval-rule.ts';
import { changeKinds, missingOf, type Need, neededDecisions, progressOf } from '../policy/approvers.ts';
import type { Role } from '../policy/people.ts';
import { type Risk, risks } from '../policy/risk.ts';
import type { Report } from './problem.ts';
import type { Sketch } from './settings-sketch.ts';

type Rule = NonNullable<Sketch['approvals'][number]>;
type Known = NonNullable<Sketch['people'][number]>;

export function checkApprovals(settings: Sketch, report: Report): void {
  for (const [index, rule] of settings.approvals.entries()) {
    if (rule !== null) {
      checkRule(settings, { index, rule }, report);
    }
  }
}

function checkRule(settings: Sketch, { index, rule }: { index: number; rule: Rule }, report: Report): void {
  const path = `approvals[${index}]`;
  let isSound = true;
  function note(...problem: Parameters<Report>): void {
    isSound = false;
    report(...problem);
  }
  checkEnvironmentNames(settings, rule.environments, path, note);
  checkReached(settings, index, note);
  checkGroup(settings, rule.group, `${path}.group`, note);
  checkGroup(settings, rule.second?.group ?? '', `${path}.second.group`, note);
  checkAsked(settings, rule, path, note);
  // Too few people are most often a consequence of what was said before.
  if (isSound) {
    checkEnough(settings, rule, path, report);
  }
}

function checkGroup({ people }: Sketch, group: string, path: string, report: Report): void {
  const role = `approver:${group}`;
  if (group !== '' && !people.some((person) => person?.roles.includes(role) === true)) {
    report(
      path,
      `${JSON.stringify(group)} is a group of nobody`,
      `Give somebody the role ${role}, or name another group.`,
    );
  }
}

export function checkFreezes(settings: Sketch, report: Report): void {
  for (const [index, freeze] of settings.freezes.entries()) {
    if (freeze !== null) {
      checkEnvironmentNames(settings, freeze.environments, `freezes[${index}]`, report);
      if (freeze.mode === 'second-approval') {
        checkSecond(settings, freeze.environments, `freezes[${index}]`, report);
      }
    }
  }
}

/** A second approval that nobody can give is a wait that nobody meant. */
function checkSecond(settings: Sketch, names: readonly string[] | null, path: string, report: Report): void {
  const people = settings.people.flatMap((entry) => entry ?? []);
  const environments = settings.environments.map((entry) => entry?.name ?? '');
  for (const environment of environments.filter((name) => names?.includes(name) ?? true)) {
    for (const risk of risks) {
      const rule = settings.approvals.find((entry) => fits(entry, { environment, risk })) ?? usual;
      const needs = needsOf({ ...rule, count: rule.count + 1 }, risk);
      const left = countOf(needs, people, null);
      if (left < wantedOf(needs)) {
        report(
          path,
          `needs ${wantedOf(needs)} people to say yes about ${environment}, and ${amountOf(left)} could`,
          'Give more people the role approver, or let plans wait (mode wait).',
        );
        return;
      }
    }
  }
}

const usual: Rule = { environments: null, risks: null, rotation: '', group: '', count: 1, second: null };

function checkEnvironmentNames(settings: Sketch, names: readonly string[] | null, path: string, report: Report): void {
  const known = settings.environments.map((entry) => entry?.name ?? '').filter((name) => name !== '');
  for (const [index, name] of (names ?? []).entries()) {
    if (name !== '' && !known.includes(name)) {
      report(
        `${path}.environments[${index}]`,
        `${JSON.stringify(name)} is no environment`,
        known.length === 0 ? 'Add it under environments first.' : `Write one of ${known.join(', ')}.`,
      );
    }
  }
}

/** The first rule that fits counts, so a wide one hides what stands below it. */
function checkReached({ approvals, environments }: Sketch, index: number, report: Report): void {
  const situations = environments.flatMap((environment) =>
    risks.map((risk) => ({ environment: environment?.name ?? '', risk })),
  );
  const fitting = situations.filter((situation) => fits(approvals[index] ?? null, situation));
  const isReached = fitting.some((situation) => approvals.findIndex((rule) => fits(rule, situation)) === index);
  if (fitting.length > 0 && !isReached) {
    report(
      `approvals[${index}]`,
      'never counts, because the rules before it fit whatever it fits',
      'Move it up, or take it out.',
    );
  }
}

function fits(rule: Rule | null, { environment, risk }: { environment: string; risk: Risk }): boolean {
  return (
    rule !== null && (rule.environments ?? [environment]).includes(environment) && (rule.risks ?? [risk]).includes(risk)
  );
}

export function checkRotation(settings: Sketch, path: string, name: string, report: Report): void {
  const known = settings.onCall.map((rotation) => rotation?.name ?? '').filter((entry) => entry !== '');
  if (name !== '' && !known.includes(name)) {
    const instead = known.length === 0 ? 'Add the rotation under onCall first.' : `Write one of ${known.join(', ')}.`;
    report(path, `${JSON.stringify(name)} is no rotation under onCall`, instead);
  }
}

/** Whoever is asked has to be allowed to answer. */
function checkAsked(settings: Sketch, rule: Rule, path: string, report: Report): void {
  const first = settings.onCall.find((entry) => entry !== null)?.name ?? '';
  const asked = [
    { name: rule.rotation === '' ? first : rule.rotation, key: 'rotation', need: 0 },
    { name: rule.second?.rotation ?? '', key: 'second.rotation', need: 1 },
  ];
  const needs = needsOf(rule, rule.risks?.[0]);
  for (const { name, key, need } of asked) {
    checkRotation(settings, `${path}.${key}`, name, report);
    const rotation = settings.onCall.find((entry) => entry !== null && entry.name === name);
    const roles = needs[need]?.roles ?? [];
    for (const id of rotation?.people ?? []) {
      const found = settings.people.find((entry) => entry?.id === id);
      if (found?.roles.some((role) => roles.includes(role)) === false) {
        report(`${path}.${key}`, `asks ${JSON.stringify(id)}, who has no role to decide`, adviceFor(found, roles));
      }
    }
  }
}

function adviceFor({ id, roles: has }: Known, roles: readonly string[]): string {
  const name = JSON.stringify(id);
  const role = has.find((one) => one.startsWith('approver:'));
  const group = role === undefined ? '' : `name the group ${role.slice('approver:'.length)} in the rule, `;
  return `Give ${name} the role ${roles.join(' or ')}, ${group}or take ${name} out of the rotation.`;
}

/** Nobody decides about what they asked for, so whoever may ask and decide is missing once. */
function checkEnough(settings: Sketch, rule: Rule, path: string, report: Report): void {
  const people = settings.people.flatMap((entry) => entry ?? []);
  for (const risk of rule.risks ?? risks) {
    const needs = needsOf(rule, risk);
    const wanted = wantedOf(needs);
    const askers = wanted > 1 ? people.filter((person) => mayAsk(settings, rule, person)) : [];
    const short = [null, ...askers].find((asker) => countOf(needs, people, asker) < wanted);
    if (short !== undefined) {
      const left = countOf(needs, people, short);
      const when = short === null ? '' : ` when ${JSON.stringify(short.id)} asks`;
      report(
        path,
        `needs ${wanted} ${wanted === 1 ? 'person' : 'people'} to say yes, and ${amountOf(left)} could${when}`,
        'Give more people the role approver, or of the group that is asked; or lower the count.',
      );
      return;
    }
  }
}

function countOf(needs: readonly Need[], people: readonly Known[], asker: Known | null): number {
  const all = people.map(({ id, roles }) => ({ id, name: id, roles: roles as Role[] }));
  const votes = all.map(({ id }) => id);
  const progress = progressOf({ needs, votes, people: all, requestedBy: asker?.id ?? '' });
  return wantedOf(needs) - missingOf(progress);
}

function wantedOf(needs: readonly Need[]): number {
  return needs.reduce((sum, { count }) => sum + count, 0);
}

function amountOf(left: number): string {
  return left === 0 ? 'nobody' : `only ${left}`;
}

function mayAsk({ environments }: Sketch, rule: Rule, { id, roles }: Known): boolean {
  return environments.some(
    (environment) =>
      environment !== null &&
      (rule.environments ?? [environment.name]).includes(environment.name) &&
      environment.mayRequest.some((entry) => entry === id || roles.includes(entry)),
  );
}

function needsOf(rule: Rule, risk: string | undefined): Need[] {
  const { count, group, second } = rule;
  return neededDecisions({
    change: changeKinds[0],
    environment: '',
    production: true,
    risk: risks.find((known) => known === risk) ?? 'high',
    rule: {
      ...defaultRule,
      group: group || null,
      count,
      second: second === null ? null : { ...second, rotation: null },
    },
  });
}
