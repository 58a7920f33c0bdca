/** What a method of the Web API needs, and what it does once everything common was checked. */
import type { Account } from './account.ts';
import type { Tier } from './pace.ts';
import type { Json } from './records.ts';

export interface Method {
  /** The app must have one of these; none: any token of the right kind will do. */
  scopes: readonly string[];
  token: 'bot' | 'app';
  tier: Tier;
  /** False: arguments in JSON do not reach it. */
  takesJson: boolean;
  /** Returns what stands beside `ok`. @throws {Refused} */
  run(account: Account, args: Json): Json;
}

export function writing(scope: string, tier: Tier, run: Method['run']): Method {
  return { scopes: [scope], token: 'bot', tier, takesJson: true, run };
}

/** Methods that only read: their arguments come as a form or in the query. */
export function reading(scopes: readonly string[], tier: Tier, run: Method['run']): Method {
  return { scopes, token: 'bot', tier, takesJson: false, run };
}
