/** How this account is set up and on which plan it is: `settings` of the world, changed by `POST /_sim/settings`. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';

export interface Settings {
  /** Whether API tokens are switched on. From 30 April 2027 on they are refused whatever stands here. */
  apiTokens: boolean;
  /** Whether webhooks may subscribe to events of tickets; where not, a trigger has to call them. */
  ticketEvents: boolean;
  /** Whether the status on-hold is in use. */
  onHold: boolean;
  /** Of the whole account. The plans have 200, 400, 700 or 2,500. */
  requestsPerMinute: number;
  /** How long a new ticket cannot be found by searching; lists and look-ups know it at once. */
  searchDelaySeconds: number;
  /** Per file. */
  uploadLimitBytes: number;
}

export const usualSettings: Settings = {
  apiTokens: true,
  ticketEvents: true,
  onHold: true,
  requestsPerMinute: 2_500,
  searchDelaySeconds: 60,
  uploadLimitBytes: 50 * 1024 * 1024,
};

export const SettingsChange = z.strictObject({
  apiTokens: z.boolean().optional(),
  ticketEvents: z.boolean().optional(),
  onHold: z.boolean().optional(),
  requestsPerMinute: z.int().positive().optional(),
  searchDelaySeconds: z.int().nonnegative().optional(),
  uploadLimitBytes: z.int().positive().optional(),
});

/** Answers with all settings as they are now. @throws {BadControlRequest} for one that there is not. */
export function changeSettings(settings: Settings, body: unknown): Settings {
  const change = SettingsChange.safeParse(body ?? {});
  if (!change.success) {
    throw new BadControlRequest(`No such settings:\n${z.prettifyError(change.error)}`);
  }
  return Object.assign(settings, withoutUndefined(change.data));
}

export function withoutUndefined<Part extends object>(
  part: Part,
): { [Key in keyof Part]: Exclude<Part[Key], undefined> } {
  const entries = Object.entries(part).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Part]: Exclude<Part[Key], undefined> };
}
