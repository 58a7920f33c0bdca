/**
 * Peering or Private Link? The rules are `tables/method.json`: which method decides, what makes a method impossible,
 * and what each one gives, exposes and needs.
 *
 * Sources: "Enabling connectivity between Mendix on Azure and other private networks", section "Pros and cons of vNet
 * peering and Private Link with Private Endpoints"; Microsoft's own limits of Private Link.
 */
import { z } from 'zod/v4';
import { conditionSchema, holds, type Vocabulary } from './condition.ts';
import { type DecisionTable, firstMatch, readDecisionTable } from './decision-table.ts';
import { type PolicyGround, sourceSchema } from './documents.ts';
import { each, readTableFile, refuseRepeated } from './table-file.ts';
import methodJson from './tables/method.json' with { type: 'json' };

export const methods = ['peering', 'private-link'] as const;
type Method = (typeof methods)[number];

const factKeys = [
  'addressesOverlap',
  'directDatabaseAccess',
  'isolation',
  'internalLoadBalancer',
  'manyServices',
  'sourceAddressNeeded',
  'otherProtocols',
  'longIdleConnections',
  'otherParty',
  'standardLoadBalancer',
] as const;
type FactKey = (typeof factKeys)[number];

/**
 * What is known about the wish and the networks; null or missing means not known.
 * `addressesOverlap`: the two networks, or one of them and a network that the other is already peered with.
 * `isolation`: only the apps may be reachable. `otherProtocols`: anything but TCP and UDP over IPv4. `otherParty`: the
 * other network belongs to another organisation.
 */
export type ChoiceFacts = { readonly [Key in FactKey]?: boolean | null };

export interface MethodColumn {
  gives: string;
  exposes: string;
  needs: string;
  fits: boolean;
  /** Why it does not fit; null when it does. */
  blockedBy: string | null;
  /** Sentences: what choosing it would cost, here. */
  costs: readonly string[];
}

export interface MethodChoice {
  method: Method | 'none';
  because: readonly PolicyGround[];
  /** Sentences: what else would have to be true for another choice. At most two. */
  wouldChange: readonly string[];
  /** Sentences: what could be done when no method fits; empty when one does. */
  waysOut: readonly string[];
  comparison: Readonly<Record<Method, MethodColumn>>;
}

const mostChanges = 2;
const words = z.string().min(1);
const vocabulary: Vocabulary = each(factKeys, { values: [true, false] });

const file = readTableFile(
  'method',
  methodJson,
  z.strictObject({
    about: words,
    methods: z.strictObject(each(methods, z.strictObject({ gives: words, exposes: words, needs: words }))),
    blocks: z.array(
      z.strictObject({
        row: words,
        method: z.enum(methods),
        when: conditionSchema(vocabulary),
        text: words,
        source: sourceSchema,
      }),
    ),
    costs: z.array(
      z.strictObject({
        row: words,
        method: z.enum(methods),
        when: conditionSchema(vocabulary),
        text: words,
        source: sourceSchema,
      }),
    ),
    facts: z.strictObject(
      each(factKeys, z.strictObject({ changeable: z.boolean(), if: z.strictObject({ true: words, false: words }) })),
    ),
    rows: z.array(z.unknown()),
  }),
);
refuseRepeated('method', file.blocks, 'blocks, ');
refuseRepeated('method', file.costs, 'costs, ');

interface Decided {
  method: Method | 'none';
  waysOut?: string[] | undefined;
}

export const methodTable: DecisionTable<Decided> = readDecisionTable(
  'method',
  { about: file.about, rows: file.rows },
  vocabulary,
  z.strictObject({ method: z.enum([...methods, 'none']), waysOut: z.array(words).min(1).optional() }),
);

type KnownFacts = Record<FactKey, boolean | null>;

export function chooseMethod(facts: ChoiceFacts): MethodChoice {
  const known: KnownFacts = { ...each(factKeys, null), ...facts };
  const decided = firstMatch(methodTable, known);
  return {
    method: decided.result.method,
    because: [decided.ground],
    wouldChange: whatWouldChange(known, decided.result.method),
    waysOut: decided.result.waysOut ?? [],
    comparison: { peering: columnOf('peering', known), 'private-link': columnOf('private-link', known) },
  };
}

function columnOf(method: Method, facts: KnownFacts): MethodColumn {
  const reasons = file.blocks
    .filter((block) => block.method === method && holds(block.when, facts))
    .map((block) => block.text);
  return {
    ...file.methods[method],
    fits: reasons.length === 0,
    blockedBy: reasons.length === 0 ? null : reasons.join('; and '),
    costs: file.costs.filter((cost) => cost.method === method && holds(cost.when, facts)).map((cost) => cost.text),
  };
}

const names = { peering: 'Peering', 'private-link': 'Private Link' } as const;

/** What was read stays as it is; wishes and what is unknown could be otherwise. */
function whatWouldChange(facts: KnownFacts, chosen: Method | 'none'): string[] {
  return factKeys
    .filter((key) => file.facts[key].changeable || facts[key] === null)
    .flatMap((key) => [true, false].filter((value) => value !== (facts[key] ?? false)).map((value) => ({ key, value })))
    .flatMap(({ key, value }) => {
      const { method } = firstMatch(methodTable, { ...facts, [key]: value }).result;
      const condition = file.facts[key].if[value ? 'true' : 'false'];
      return method === chosen
        ? []
        : [method === 'none' ? `Neither would work if ${condition}.` : `${names[method]} instead, if ${condition}.`];
    })
    .slice(0, mostChanges);
}
