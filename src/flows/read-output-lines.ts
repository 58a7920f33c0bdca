/** What one line of a tool's output says by itself, whatever stands around it. */
import type { Sight } from './read-output.ts';

export type AnswerLine = { sight: Sight } | { alias: string; of: string };

/** Null when the line says nothing that would be understood without others. */
export function answerLine(line: string): AnswerLine | null {
  for (const read of readers) {
    const answer = read(line);
    if (answer !== null) {
      return answer;
    }
  }
  return null;
}

type Reader = (line: string) => AnswerLine | null;

const readers: readonly Reader[] = [curlMark, pgIsReady, netcat, noName, record, hostCommand, getent, bracketed];

/** Dots and letters; an address is none. */
export function hostIn(text: string): string | null {
  const host = text.toLowerCase().replace(/\.$/, '');
  const isName = host.length < 254 && /^[a-z0-9_*-]+(?:\.[a-z0-9_-]+)+$/.test(host) && /[a-z]/.test(host);
  return isName ? host : null;
}

export function addressIn(text: string): string | null {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return isAddress ? parts.map(Number).join('.') : null;
}

/** What our own command makes curl print. Its exit code tells more than its words, which are translated. */
function curlMark(line: string): AnswerLine | null {
  const match = /(?:https:\/\/([^\s/:]+)\S*\s+)?(?<![\w.-])connected-to-([0-9.]*)-exit-(\d{1,3})(?![\w-])/i.exec(line);
  if (match === null) {
    return null;
  }
  const outcome = curlOutcome(Number(match[3]));
  const [host, address] = [hostIn(match[1] ?? ''), addressIn(match[2] ?? '')];
  return outcome === null ? null : { sight: { what: 'reach', host, address, port: 443, outcome } };
}

/** Documented exit codes: 0 done; 51, 60 the certificate; 7 refused, 28 too late, 35 no handshake. */
function curlOutcome(code: number): 'open' | 'untrusted' | 'closed' | null {
  if (code === 0) {
    return 'open';
  }
  if (code === 51 || code === 60) {
    return 'untrusted';
  }
  return code === 7 || code === 28 || code === 35 ? 'closed' : null;
}

/** "host:5432 - accepting connections", in English and German. A server that turns one away was reached. */
function pgIsReady(line: string): AnswerLine | null {
  const match = /^\s*([\w.-]+):(\d{1,5}) - (.{3,60})$/.exec(line);
  const host = hostIn(match?.[1] ?? '');
  const says = match?.[3]?.trim() ?? '';
  if (host === null) {
    return null;
  }
  const isOpen = /^(?:accepting|rejecting) connections$|^Verbindungen werden (?:angenommen|abgelehnt)$/i.test(says);
  const isClosed = /^no response$|^keine Antwort$/i.test(says);
  return isOpen || isClosed
    ? {
        sight: {
          what: 'reach',
          host,
          address: null,
          port: Number(match?.[2]),
          outcome: isOpen ? 'open' : 'closed',
        },
      }
    : null;
}

function netcat(line: string): AnswerLine | null {
  const worked = /^Connection to (\S+)(?: \(([\d.]+)\))? (\d{1,5}) port \[[^\]]*\] succeeded!?\s*$/i.exec(line);
  const failed = /^nc: connect to (\S+)(?: \(([\d.]+)\))? port (\d{1,5}) \(tcp\) (?:failed|timed out)/i.exec(line);
  const match = worked ?? failed;
  return match === null
    ? null
    : {
        sight: {
          what: 'reach',
          host: hostIn(match[1] ?? ''),
          address: addressIn(match[2] ?? '') ?? addressIn(match[1] ?? ''),
          port: Number(match[3]),
          outcome: worked === null ? 'closed' : 'open',
        },
      };
}

/** The codes are the same everywhere; the sentences are those of English, German and Dutch systems. */
const noSuchName =
  /\bNXDOMAIN\b|Non-existent domain|DNS_ERROR_RCODE_NAME_ERROR|DNS name does not exist|DNS-Name ist nicht vorhanden|DNS-naam bestaat niet/i;

function noName(line: string): AnswerLine | null {
  if (!noSuchName.test(line)) {
    return null;
  }
  const hosts = line.split(/[\s,;()'"“”„]+|:\s/).flatMap((word) => hostIn(word.replace(/[:.]+$/, '')) ?? []);
  return { sight: { what: 'no-name', hosts: [...new Set(hosts)] } };
}

/** A record as dig, Resolve-DnsName and nslookup print one. */
function record(line: string): AnswerLine | null {
  const match =
    /^(\S+)\s+\d+\s+IN\s+(A|CNAME)\s+(\S+)\s*$/.exec(line) ??
    /^(\S+)\s+(A|CNAME)\s+\d+\s+\S+\s+(\S+)\s*$/.exec(line) ??
    /^(\S+)\s+(canonical name) = (\S+)\s*$/.exec(line) ??
    /^(\S+)\s+is an (alias) for (\S+)\s*$/.exec(line);
  const host = hostIn(match?.[1] ?? '');
  if (match === null || host === null) {
    return null;
  }
  const value = match[3] ?? '';
  const [address, alias] = [addressIn(value), hostIn(value)];
  if (match[2] === 'A') {
    return address === null ? null : { sight: { what: 'name', host, addresses: [address] } };
  }
  return alias === null ? null : { alias, of: host };
}

function hostCommand(line: string): AnswerLine | null {
  const match = /^(\S+) has address (\S+)\s*$/.exec(line);
  const [host, address] = [hostIn(match?.[1] ?? ''), addressIn(match?.[2] ?? '')];
  return host === null || address === null ? null : { sight: { what: 'name', host, addresses: [address] } };
}

function getent(line: string): AnswerLine | null {
  const match = /^(\d[\d.]{6,14})\s+(?:(?:STREAM|DGRAM|RAW)\s+)?(\S+)\s*$/.exec(line);
  const [host, address] = [hostIn(match?.[2] ?? ''), addressIn(match?.[1] ?? '')];
  return host === null || address === null ? null : { sight: { what: 'name', host, addresses: [address] } };
}

/** ping on every system, and curl -v: a name, and behind it the address that it has. */
function bracketed(line: string): AnswerLine | null {
  const match = /(?:^|\s)([\w.*-]+\.[\w-]+\.?) [[(](\d[\d.]{6,14})[\])]/.exec(line);
  const [host, address] = [hostIn(match?.[1] ?? ''), addressIn(match?.[2] ?? '')];
  return host === null || address === null ? null : { sight: { what: 'name', host, addresses: [address] } };
}
