/**
 * Fills a card template with data. The template is expanded exactly once, so text from people is never read as a
 * template; afterwards nothing in it is a formula either. Markdown and mentions are neutralised by each channel's
 * renderer, because every platform reads them differently.
 */
// The package's own entry drags in another package's TypeScript sources; this file of it is all that is needed.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import type { CardContent, CardName } from '../flows/card.ts';
import {
  type AdaptiveCard,
  isAdaptiveCard,
  isInput,
  isObject,
  type Json,
  type JsonObject,
  textOf,
} from './adaptive-card.ts';
import { type Limits, shapeLike } from './shape.ts';
import { cardSource } from './templates.ts';
import { breakFormulas } from './text.ts';

/** Teams takes 25 KB safely on every path; the rest of it is for the tokens of the buttons. */
const maxBytes = 23_000;

/** Tried in this order until the card is small enough. The smallest text still holds a resource id. */
const limitSteps: readonly Limits[] = [
  { items: 100, choices: 100, text: 3_000 },
  { items: 20, choices: 50, text: 1_000 },
  { items: 10, choices: 25, text: 500 },
  { items: 4, choices: 10, text: 300 },
];

const templates = new Map<CardName, Template>();

function templateOf(name: CardName): Template {
  const known = templates.get(name);
  if (known !== undefined) {
    return known;
  }
  const template = new Template(cardSource(name).template);
  templates.set(name, template);
  return template;
}

export interface FillOptions {
  /** For a platform that asks for choices while somebody types: they take no room in the card, so all of them stay. */
  allChoices?: boolean;
}

/** More networks than anybody has. */
const maxChoices = 5_000;

/** The card with its buttons as the template has them; `placeTokens` keeps those that a message offers. */
export function fillCard(content: CardContent, { allChoices = false }: FillOptions = {}): AdaptiveCard {
  const steps = allChoices ? limitSteps.map((limits) => ({ ...limits, choices: maxChoices })) : limitSteps;
  let card = expand(content, steps[0] as Limits);
  for (const limits of steps.slice(1)) {
    if (sizeOf(card, allChoices) <= maxBytes) {
      break;
    }
    card = expand(content, limits);
  }
  return card;
}

function sizeOf(card: AdaptiveCard, allChoices: boolean): number {
  const counted = JSON.stringify(card, (key, value: unknown) => (allChoices && key === 'choices' ? [] : value));
  return Buffer.byteLength(counted);
}

function expand(content: CardContent, limits: Limits): AdaptiveCard {
  const data = shapeLike(cardSource(content.name).sample, content.data, limits);
  const expanded: unknown = templateOf(content.name).expand({ $root: data });
  const card = tidy(expanded as Json, '', false);
  if (!isAdaptiveCard(card)) {
    throw new Error(
      `Filling the card ${content.name}: its template is no Adaptive Card. Mend cards/${content.name}.json.`,
    );
  }
  return card;
}

/** Breaks formulas in what is shown, and drops what would be an empty box or a link that is not https. */
function tidy(node: Json, key: string, insideInput: boolean): Json {
  if (typeof node === 'string') {
    const isTyped = insideInput && key === 'value';
    return isTyped || key === 'url' ? node : breakFormulas(node);
  }
  if (Array.isArray(node)) {
    return node.map((item) => tidy(item, key, insideInput)).filter((item) => !isObject(item) || isWorthShowing(item));
  }
  if (!isObject(node)) {
    return node;
  }
  const inside = insideInput || isInput(node);
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, tidy(value, name, inside)]));
}

function isWorthShowing(element: JsonObject): boolean {
  if (element['type'] === 'Action.OpenUrl') {
    return isHttps(textOf(element, 'url'));
  }
  const { facts } = element;
  return !(element['type'] === 'FactSet' && Array.isArray(facts) && facts.length === 0);
}

function isHttps(url: string): boolean {
  return URL.parse(url)?.protocol === 'https:';
}
