/**
 * Lines that say something together: the blocks of nslookup, the list of Test-NetConnection, the handshake of openssl.
 * A label is read only where it tells the DNS server, an alias or our own side from the answer; what it stands for is
 * known by its value.
 */
import type { Sight } from './read-output.ts';
import { addressIn, hostIn } from './read-output-lines.ts';

export interface Groups {
  /** What the line completes. */
  take(line: string): Sight[];
  /** What was begun is over. */
  end(): Sight[];
}

interface Group {
  hosts: string[];
  addresses: string[];
  /** The DNS server tells of itself first. */
  isServer: boolean;
}

/** "Server" as Windows and Unix say it in the languages of this world that differ. */
const serverLabel = /^(?:dns[ -]?)?(?:ser[vw]|szerver)/i;
const aliasLabel = /^alias/i;
/** Of the machine on which it was run, or on the way. */
const ownSide = /^(?:source|local|interface|gateway|quell|lokal|bron|next)/i;

export function createGroups(): Groups {
  let group: Group | null = null;
  const test = createConnectionTest();
  const handshake = createHandshake();
  function end(): Sight[] {
    const over = group;
    group = null;
    return over === null ? [] : namesOf(over);
  }
  function labelled(label: string, value: string): Sight[] {
    const [host, address] = [hostIn(value), addressIn(value)];
    if (serverLabel.test(label) || ownSide.test(label)) {
      const over = end();
      group = { hosts: [], addresses: [], isServer: true };
      return over;
    }
    if (host !== null && group !== null && aliasLabel.test(label)) {
      group.hosts.push(host);
      return [];
    }
    if (host !== null) {
      const over = end();
      group = { hosts: [host], addresses: [], isServer: false };
      return over;
    }
    if (address !== null) {
      group ??= { hosts: [], addresses: [], isServer: false };
      group.addresses.push(address);
    }
    return [];
  }
  return {
    end,
    take(line) {
      const plain = line.trim();
      const match = /^([\p{L}\p{M}][\p{L}\p{M}\d .()-]{0,40}?)\s{0,20}:\s{0,40}(\S.*)$/u.exec(plain);
      const done = [...test.take(match?.[1] ?? '', match?.[2] ?? ''), ...handshake.take(plain)];
      if (match !== null) {
        return [...done, ...labelled(match[1] ?? '', match[2] ?? '')];
      }
      const address = addressIn(plain);
      const alias = group === null || group.addresses.length === 0 ? null : hostIn(plain);
      if (address !== null) {
        group ??= { hosts: [], addresses: [], isServer: false };
        group.addresses.push(address);
        return done;
      }
      if (alias !== null && group !== null && line !== plain && group.hosts.length > 1) {
        group.hosts.push(alias);
        return done;
      }
      // IPv6 addresses stand among the others.
      return /^[\da-f:]+$/i.test(plain) && plain.includes(':') ? done : [...done, ...end()];
    },
  };
}

function namesOf({ hosts, addresses, isServer }: Group): Sight[] {
  if (isServer || addresses.length === 0) {
    return [];
  }
  return hosts.length === 0
    ? [{ what: 'name', host: null, addresses }]
    : hosts.map((host) => ({ what: 'name', host, addresses }));
}

interface Listener {
  take(label: string, value: string): Sight[];
}

/** Test-NetConnection: its properties have the same names in every language. */
function createConnectionTest(): Listener {
  let known: { host: string | null; address: string | null; port: number | null } | null = null;
  return {
    take(label, value) {
      switch (label.toLowerCase()) {
        case 'computername':
          known = { host: hostIn(value), address: null, port: null };
          return [];
        case 'remoteaddress':
          known = { host: null, port: null, ...known, address: addressIn(value) };
          return [];
        case 'remoteport':
          known = { host: null, address: null, ...known, port: /^\d{1,5}$/.test(value) ? Number(value) : null };
          return [];
        case 'tcptestsucceeded': {
          const outcome = /^true$/i.test(value) ? 'open' : /^false$/i.test(value) ? 'closed' : null;
          const { host, address, port } = known ?? { host: null, address: null, port: null };
          known = null;
          // Without an address the name was not found, and nothing was tried.
          return outcome === null || address === null ? [] : [{ what: 'reach', host, address, port, outcome }];
        }
        default:
          return [];
      }
    },
  };
}

/** openssl s_client tells the address (since 3.2); the port only when the command stands above. */
function createHandshake(): { take(line: string): Sight[] } {
  let to: { host: string; port: number } | null = null;
  let address: string | null = null;
  return {
    take(line) {
      const asked = /\bs_client\b.{0,200}?-connect ([\w.-]+):(\d{1,5})\b/.exec(line);
      const host = hostIn(asked?.[1] ?? '');
      if (host !== null) {
        to = { host, port: Number(asked?.[2]) };
        address = null;
      }
      address = addressIn(/^Connecting to ([\d.]+)$/.exec(line)?.[1] ?? '') ?? address;
      return to !== null && /^CONNECTED\([0-9A-F]+\)$/i.test(line)
        ? [{ what: 'reach', ...to, address, outcome: 'open' }]
        : [];
    },
  };
}
