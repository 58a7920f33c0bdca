/** What a try from the bot's own host says about a promise, in people's words. */
import { checkId, type Evidence } from '../plan/evidence.ts';
import {
  type CertificateSight,
  lookUp,
  type NameSight,
  type ReachSight,
  shakeHands,
  tryConnect,
} from './probe-host.ts';
import { nameUnder, type PromisedTry } from './promised-tries.ts';

const code = 'host-probe';
const webPort = 443;

/** @param speaksTls Whether what answers there is for browsers. */
export async function tryFromHost(
  wanted: PromisedTry,
  timeoutMs: number,
  speaksTls = wanted.port === webPort,
): Promise<Evidence[]> {
  const host = nameUnder(wanted.host);
  const [name, reach] = await Promise.all([
    lookUp(host, timeoutMs),
    tryConnect(wanted.address, wanted.port, timeoutMs),
  ]);
  const shaken = speaksTls && reach.kind === 'open' ? await shakeHands({ ...wanted, host }, timeoutMs) : null;
  return [
    { ...base(wanted, 'name'), ...nameWords(wanted, host, name) },
    { ...base(wanted, 'reach'), ...reachWords(wanted, reach, shaken) },
    ...(shaken?.kind === 'presented' ? [certificateEvidence(host, shaken)] : []),
  ];
}

function base(wanted: PromisedTry, what: 'name' | 'reach'): Pick<Evidence, 'kind' | 'code' | 'of'> {
  return { kind: 'observed', code, of: checkId(wanted.from, { ...wanted, what }) };
}

type Said = Pick<Evidence, 'good' | 'text'>;

function nameWords({ address, from }: PromisedTry, host: string, name: NameSight): Said {
  const start = `On my own host in ${from}, ${host}`;
  switch (name.kind) {
    case 'answered': {
      const good = name.addresses.length === 1 && name.addresses[0] === address;
      return {
        good,
        text: `${start} leads to ${name.addresses.join(', ')}${good ? '' : `, not ${address}. A cached answer can last some minutes`}.`,
      };
    }
    case 'no-name':
      return { good: false, text: `${start} does not exist. A cached answer can last some minutes.` };
    case 'unknown':
      return { good: null, text: `${start} could not be looked up: ${name.because}.` };
    default: {
      const never: never = name;
      return never;
    }
  }
}

/** Whoever opens an app needs the handshake as well; whether its certificate fits is another matter. */
function reachWords({ address, from, port }: PromisedTry, reach: ReachSight, shaken: CertificateSight | null): Said {
  const where = `${address} on port ${port}`;
  switch (reach.kind) {
    case 'open':
      return shaken?.kind === 'no-handshake'
        ? {
            good: false,
            text: `${where} opens from my own host in ${from}, but ends no TLS handshake: ${shaken.because}.`,
          }
        : { good: true, text: `${where} answers my own host in ${from}${shaken === null ? '' : ', and speaks TLS'}.` };
    case 'closed':
      return { good: false, text: `${where} does not answer my own host in ${from}: ${reach.because}.` };
    case 'unknown':
      return { good: null, text: `I could not try ${where} from my own host in ${from}: ${reach.because}.` };
    default: {
      const never: never = reach;
      return never;
    }
  }
}

type Presented = Extract<CertificateSight, { kind: 'presented' }>;

function certificateEvidence(host: string, { because, by, to, trusted, until }: Presented): Evidence {
  const told = `the certificate for ${to || 'nobody'}, issued by ${by || 'nobody named'}, valid until ${until || 'an unknown day'}`;
  const text = trusted
    ? `${host} presents ${told}; my host trusts it.`
    : `${host} presents ${told}. My host does not accept it for this name (${because || 'no reason given'}); browsers may warn.`;
  return {
    kind: 'observed',
    code: 'certificate',
    good: trusted ? true : null,
    text,
    ...(trusted ? {} : { care: true as const }),
  };
}
