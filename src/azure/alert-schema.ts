/**
 * The common alert schema of Azure Monitor, as far as a thread needs it. Alert types leave out what they do not have:
 * an activity log alert has no condition, and is fired. Source: “Common alert schema” of Azure Monitor.
 */
import { z } from 'zod/v4';
import type { AlertNotice } from '../flows/alert-state.ts';
import { firstPart } from '../flows/first-part.ts';
import { alertSeverities } from '../flows/alert-words.ts';

const mostTargets = 20;
const longest = { id: 2_000, rule: 120, description: 600 } as const;

const Text = z.string().nullish();

const Essentials = z.object({
  alertId: z.string().trim().min(1).max(longest.id),
  alertRule: z.string().trim().min(1).max(longest.id),
  alertRuleID: Text,
  severity: z.enum(alertSeverities),
  monitorCondition: z.enum(['Fired', 'Resolved']).nullish(),
  alertTargetIDs: z.array(z.string()).nullish(),
  configurationItems: z.array(z.string()).nullish(),
  firedDateTime: Text,
  resolvedDateTime: Text,
  description: Text,
});

const Alert = z.object({
  schemaId: z.string().refine((id) => id.toLowerCase() === 'azuremonitorcommonalertschema'),
  data: z.object({ essentials: Essentials }),
});

export interface ReadAlert {
  notice: AlertNotice;
  /** Names the rule apart from others of the same name, in lower case. */
  ruleKey: string;
  /** Resource ids as they were sent. */
  targetIds: readonly string[];
}

/** Null when it is no alert of the common schema. */
export function readAlert(body: unknown): ReadAlert | null {
  const parsed = Alert.safeParse(body);
  if (!parsed.success) {
    return null;
  }
  const { essentials } = parsed.data.data;
  const { alertId, alertRule, alertRuleID, severity, monitorCondition } = essentials;
  const targetIds = (essentials.alertTargetIDs ?? []).slice(0, mostTargets);
  const names = (essentials.configurationItems ?? []).slice(0, mostTargets);
  return {
    notice: {
      id: alertId.toLowerCase(),
      rule: cut(lastPart(alertRule), longest.rule),
      severity,
      condition: monitorCondition ?? 'Fired',
      firedAt: instantOf(essentials.firedDateTime),
      resolvedAt: instantOf(essentials.resolvedDateTime),
      description: cut((essentials.description ?? '').trim(), longest.description),
      targets: (names.length > 0 ? names : targetIds.map(lastPart)).map((name) => cut(name, longest.rule)),
      link: portalLink(targetIds[0]),
    },
    ruleKey: cut((alertRuleID ?? alertRule).trim().toLowerCase(), longest.id),
    targetIds,
  };
}

/** A rule or a target is named by its resource id, or by a plain name. */
function lastPart(id: string): string {
  return id.startsWith('/') ? (id.split('/').findLast((part) => part !== '') ?? id) : id;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${firstPart(text, length - 1).trimEnd()}…`;
}

function instantOf(text: string | null | undefined): string | null {
  try {
    return Temporal.Instant.from(text ?? '').toString({ fractionalSecondDigits: 3 });
  } catch {
    return null;
  }
}

/** Of our own making: an address that came with the alert could lead anywhere. */
function portalLink(targetId: string | undefined): string {
  return targetId !== undefined && /^\/subscriptions\/[\w.()/ -]+$/i.test(targetId)
    ? `https://portal.azure.com/#resource${encodeURI(targetId)}`
    : '';
}
