/** A plan of every kind of step in which everything that somebody could name tries to become something else. */
import type { Json, Plan, PlanStep } from '../../../src/plan/plan.ts';
import { samplePlans } from './sample-plans.ts';

/** What a shell, Bicep, Terraform, JSON, a terminal, and the Azure CLI itself would take for more than text. */
export const attacks: readonly string[] = [
  `'; touch pwned; '`,
  '"; touch pwned; "',
  '$(touch pwned)',
  '`touch pwned`',
  '${file("pwned")}',
  '$${file("pwned")}',
  '%{ for a in b }',
  '%%{if',
  "${concat('a', 'b')}",
  "'\n}\nresource pwned 'x' = {\n//",
  '"\n}\nresource "a" "pwned" {\n#',
  'a\r\ntouch pwned #',
  '*/ touch pwned /*',
  '\\',
  '\\"',
  "\\'",
  '--subscription=other',
  '@pwned',
  '[1]',
  '{"a":1}',
  'null',
  '~root',
  '\u001b[31mred\u0007',
  '\u202Etfel\u2028\u2029',
  'naïve ☃ 😀',
  ' leading and trailing ',
];

/** Names in ids hold no spaces and no slashes; Azure would take even fewer of these. */
function asName(attack: string): string {
  return attack.replaceAll(/[\s/]/g, '_');
}

/** One plan per attack: in every name of an id, every tag, message, title and reason. */
export function hostilePlans(): Record<string, Plan> {
  const all = Object.values(samplePlans);
  return Object.fromEntries(
    attacks.map((attack, index) => [JSON.stringify(attack), poisoned(all[index % all.length] as Plan, attack)]),
  );
}

export function poisoned(plan: Plan, attack: string): Plan {
  const name = asName(attack);
  function inId(id: string): string {
    return id
      .split('/')
      .map((part, index) => (index === 4 || (index >= 8 && index % 2 === 0) ? `${part}${name}` : part))
      .join('/');
  }
  function inValue(value: Json): Json {
    if (typeof value === 'string') {
      return value.startsWith('/subscriptions/') ? inId(value) : free.has(value) ? `${value}${attack}` : value;
    }
    if (Array.isArray(value)) {
      return value.map(inValue);
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, inner]) => [key === 'causeway-case' ? attack : key, inValue(inner)]),
        )
      : value;
  }
  const steps = plan.steps.map(
    (step): PlanStep => ({
      ...step,
      title: attack,
      resource: inId(step.resource),
      before: inValue(step.before),
      body: inValue(step.body),
    }),
  );
  return {
    ...plan,
    environment: `mendix-prod${attack}`,
    because: [{ source: attack, section: attack, note: attack }],
    findings: [{ level: 'care', code: attack, text: attack, wayOut: attack }],
    reach: [{ from: [attack], to: [attack] }],
    aftermath: { what: 'nodes', text: attack, wayOut: attack },
    steps,
    undo: plan.undo.map((undo) =>
      Object.assign({}, undo, { resource: inId(undo.resource), body: inValue(undo.body), title: attack }),
    ),
  };
}

/** Texts of the samples that people choose. */
const free = new Set([
  'C-1',
  'For case C-1',
  'Approved by Anna Approver, case C-1',
  'Apps of mendix-prod, case C-1',
  'causeway',
  'primary',
]);
