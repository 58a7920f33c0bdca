/**
 * Evidence has three kinds, always told apart (DESIGN.md section 8): `read` (Azure says so), `computed` (from zone,
 * record, links and the network's DNS servers) and `observed` (a probe or a pasted answer). Only observed counts as
 * "it works". `good` is null when it could not be found out; that is never shown as green.
 */
export type EvidenceKind = 'read' | 'computed' | 'observed';

export interface Evidence {
  kind: EvidenceKind;
  /** Stable name of what was looked at, such as `peering-state` or `name-resolves`. */
  code: string;
  /** One sentence for people, with the values that were seen. */
  text: string;
  good: boolean | null;
  /** Id of the check that it answers; absent when it answers none. */
  of?: string;
  /** Known, and neither a yes nor a no: somebody should look at it. Only with `good: null`. */
  care?: true;
  /** About what must stay closed; the card shows these lines together. */
  closed?: true;
}

/** What the answer to a check has to say. `host` may begin with `*.`: any one name below. */
export type LooksFor =
  | { what: 'name'; host: string; address: string }
  | { what: 'reach'; host: string; address: string; port: number };

/** A check that a person can run from inside a network, because the bot does not stand there. */
export interface CheckToRun {
  from: string;
  command: string;
  /** What the answer must contain. */
  expect: string;
  /** Where PowerShell takes another command. */
  powershell?: { command: string; expect: string };
  /** As evidence names it in `of`; absent, like the next, in proofs of an earlier version, which nobody judges. */
  id?: string;
  looksFor?: LooksFor;
}

export interface Proof {
  evidence: readonly Evidence[];
  /** Every check that has to be seen working, also those that a probe has answered. */
  toRun: readonly CheckToRun[];
}

/** The same after every reading, unless it is another thing that has to be seen. */
export function checkId(from: string, looksFor: LooksFor): string {
  const { what, host, address } = looksFor;
  const port = looksFor.what === 'reach' ? `:${looksFor.port}` : '';
  return `${what} ${host} ${address}${port} from ${from}`.toLowerCase();
}

/** Whether it is the name that is looked for, or one below its wildcard. */
export function isHost(wanted: string, host: string): boolean {
  const [name, seen] = [wanted.toLowerCase(), host.toLowerCase().replace(/\.$/, '')];
  return name.startsWith('*.') ? seen.endsWith(name.slice(1)) && seen.length > name.length - 1 : seen === name;
}
