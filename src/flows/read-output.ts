/**
 * Reads what people paste: the output of nslookup, Resolve-DnsName, dig, host, getent, ping, curl, Test-NetConnection,
 * nc, pg_isready and openssl, on whatever system and in whatever language. Names and addresses decide, never prose:
 * labels are translated, what stands behind them is not. What is not understood is left out, so that it counts neither
 * way. Every expression is linear in the length of a line.
 */
import { answerLine } from './read-output-lines.ts';
import { createGroups } from './read-output-groups.ts';

export type Sight =
  /** A name was answered; host null: the output does not say which one. */
  | { what: 'name'; host: string | null; addresses: readonly string[] }
  /** A server says that there is no such name; it is one of these. */
  | { what: 'no-name'; hosts: readonly string[] }
  | {
      what: 'reach';
      host: string | null;
      address: string | null;
      port: number | null;
      /** `untrusted`: open, and the certificate was not accepted. */
      outcome: 'open' | 'untrusted' | 'closed';
    };

/** `from`: the network that a line `from-<network>` above names; null when there is none. */
export type Seen = Sight & { from: string | null };

/** More than any tool prints about the few names of a plan. */
const mostLines = 600;
const longestLine = 400;

export function readOutput(output: string): Seen[] {
  const seen: Seen[] = [];
  const groups = createGroups();
  const aliases = new Map<string, string>();
  let from: string | null = null;
  let asked: string | null = null;
  function add(sights: readonly Sight[]): void {
    seen.push(...sights.map((sight): Seen => ({ ...sight, from })));
  }
  for (const line of linesOf(output)) {
    const marker = /(?:^|\s)from-([\w.-]+)\s*$/i.exec(line)?.[1];
    asked = /^;([\w.*-]+?)\.?\s+IN\s+A\b/i.exec(line)?.[1] ?? asked;
    const answer = marker === undefined ? answerLine(line) : null;
    if (answer !== null && 'alias' in answer) {
      aliases.set(answer.alias, answer.of);
      continue;
    }
    add(answer === null && marker === undefined ? groups.take(line) : groups.end());
    from = marker?.toLowerCase() ?? from;
    add(answer === null ? [] : [answer.sight]);
  }
  add(groups.end());
  return seen.map((sight) => named(sight, aliases, asked));
}

/** Without colours and other marks of a terminal. */
function linesOf(output: string): string[] {
  const plain = output
    .replaceAll(/\p{Cc}\[[0-9;]*[A-Za-z]/gu, '')
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
  return plain
    .split(/\r\n|\r|\n/)
    .slice(0, mostLines)
    .map((line) => line.slice(0, longestLine));
}

/**
 * An address of the name that a name stands for is one of that name as well; and dig tells what became of a question
 * before it repeats the question.
 */
function named(sight: Seen, aliases: ReadonlyMap<string, string>, asked: string | null): Seen {
  if (sight.what === 'no-name') {
    return sight.hosts.length === 0 && asked !== null ? { ...sight, hosts: [asked.toLowerCase()] } : sight;
  }
  return sight.what === 'name' && sight.host !== null ? { ...sight, host: asking(sight.host, aliases) } : sight;
}

const longestChain = 8;

function asking(host: string, aliases: ReadonlyMap<string, string>): string {
  let name = host;
  for (let steps = 0; steps < longestChain; steps += 1) {
    name = aliases.get(name) ?? name;
  }
  return name;
}
