/**
 * How risky a plan is, with every reason. The rules are `tables/risk.json`: each row that holds gives its reason, and the
 * highest of them is the risk.
 */
import { z } from 'zod/v4';
import { conditionSchema, holds, type Value, type Vocabulary } from './condition.ts';
import { sourceSchema } from './documents.ts';
import { each, readTableFile, refused, refuseRepeated } from './table-file.ts';
import riskJson from './tables/risk.json' with { type: 'json' };

/** From the lowest to the highest. */
export const risks = ['low', 'medium', 'high'] as const;
export type Risk = (typeof risks)[number];

/** What a plan, or the undo of one, would do. */
export interface RiskFacts {
  /** Its name, for the reasons. */
  environment: string;
  production: boolean;
  /** Takes a connection back. */
  undo: boolean;
  /** Makes or mends a peering, or takes one back. */
  peering: boolean;
  /** The other network of a peering passes traffic on to others. */
  hub: boolean;
  /** Every app name leads to the environment, not single ones. */
  wildcard: boolean;
  /** The environment gets DNS servers of the company's own. */
  ownDnsServers: boolean;
  /** Writes in more than one directory. */
  crossTenant: boolean;
  /** Writes in more than one subscription. */
  crossSubscription: boolean;
  /** Makes a zone that hides names which it does not hold itself. */
  newZone: boolean;
  /** How many findings need care. */
  care: number;
  /** How many things could not be read. */
  unknown: number;
  /** The environment sends what it does not know through the gateway of the other network. */
  gateway?: boolean;
  /** Opens rules or routes of the other network that would block the connection. */
  securityRules?: boolean;
  /** Reaches a database directly. */
  database?: boolean;
}

export interface RiskVerdict {
  risk: Risk;
  /** Parts of sentences, such as "mendix-prod is production"; those of the highest risk first, never empty. */
  because: string[];
}

const yesOrNo = [
  'production',
  'undo',
  'peering',
  'hub',
  'wildcard',
  'ownDnsServers',
  'crossTenant',
  'crossSubscription',
  'newZone',
  'gateway',
  'securityRules',
  'database',
] as const;
const counted = ['care', 'unknown'] as const;

const vocabulary: Vocabulary = {
  ...each(yesOrNo, { values: [true, false] }),
  ...each(counted, { values: ['none', 'one', 'several'] }),
};

const reason = z
  .string()
  .regex(/\S/, 'write a reason')
  .refine(
    (text) => !/\{(?!(?:environment|care|unknown)\})/.test(text),
    'only {environment}, {care} and {unknown} are filled in',
  );
const verdict = { risk: z.enum(risks), because: reason };

const fileSchema = z.strictObject({
  about: z.string(),
  /** When no row holds. */
  otherwise: z.strictObject(verdict),
  rows: z
    .array(
      z.strictObject({ row: z.string().min(1), when: conditionSchema(vocabulary), ...verdict, source: sourceSchema }),
    )
    .min(1),
});

type RiskTable = z.infer<typeof fileSchema>;

/** @throws {PolicyTableError} with the row that is wrong. */
export function readRiskTable(json: unknown): RiskTable {
  const read = readTableFile('risk', json, fileSchema);
  refuseRepeated('risk', read.rows);
  const twice = read.rows.findIndex(
    ({ because }, index) => read.rows.findIndex((one) => one.because === because) < index,
  );
  if (twice >= 0) {
    throw refused(
      'risk',
      `row ${twice + 1} gives the same reason as one before it. Say what is different, or join them.`,
    );
  }
  return read;
}

const table = readRiskTable(riskJson);

export function judgeRisk(facts: RiskFacts): RiskVerdict {
  const known = knownOf(facts);
  const found = table.rows.filter((row) => holds(row.when, known));
  const reasons = (found.length > 0 ? found : [table.otherwise]).toSorted(
    (one, other) => risks.indexOf(other.risk) - risks.indexOf(one.risk),
  );
  return {
    risk: reasons[0]?.risk ?? table.otherwise.risk,
    because: reasons.map(({ because }) => fill(because, facts)),
  };
}

function knownOf(facts: RiskFacts): Record<string, Value> {
  const flags = yesOrNo.map((key): [string, Value] => [key, facts[key] ?? false]);
  const counts = counted.map((key): [string, Value] => [key, amount(facts[key])]);
  return Object.fromEntries([...flags, ...counts]);
}

function amount(count: number): 'none' | 'one' | 'several' {
  return count === 0 ? 'none' : count === 1 ? 'one' : 'several';
}

function fill(text: string, { environment, care, unknown }: RiskFacts): string {
  return text
    .replaceAll('{care}', String(care))
    .replaceAll('{unknown}', String(unknown))
    .replaceAll('{environment}', () => environment);
}
