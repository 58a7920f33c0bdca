/** What people paste, as the tools print it: by system and language, whole, cut, mixed up, and made to deceive. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeOutput } from '../../src/flows/judge-output.ts';
import { type CheckToRun, checkId, type LooksFor, type Proof } from '../../src/plan/evidence.ts';

const host = 'orders.azure.mendixapps.io';
const address = '192.168.0.10';
const replica = 'mendix-prod-db-replica.postgres.database.azure.com';

function name(from = 'hub-vnet', of = host, at = address): CheckToRun {
  const looksFor: LooksFor = { what: 'name', host: of, address: at };
  return { from, command: `nslookup ${of}`, expect: at, id: checkId(from, looksFor), looksFor };
}

function reach(from = 'hub-vnet', of = host, at = address, port = 443): CheckToRun {
  const looksFor: LooksFor = { what: 'reach', host: of, address: at, port };
  return { from, command: 'curl', expect: '', id: checkId(from, looksFor), looksFor };
}

const both = [name(), reach()];

/** "name yes, reach no", in the order of the checks; what is not judged is left out. */
function judged(output: string, toRun: readonly CheckToRun[] = both): string {
  const proof: Proof = { evidence: [], toRun };
  return judgeOutput(proof, output, 'Rosa')
    .evidence.map(({ code, good, care, of = '' }) => {
      const word = care === true ? 'care' : good === null ? code : good ? 'yes' : 'no';
      return `${of.split(' ')[0] ?? ''} ${word}`.trim();
    })
    .join(', ');
}

const outputs: Record<string, string> = {
  'nslookup on Linux': `Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\nNon-authoritative answer:\nName:\t${host}\nAddress: ${address}\n`,
  'nslookup on Windows': `Server:  UnKnown\r\nAddress:  168.63.129.16\r\n\r\nName:    ${host}\r\nAddress:  ${address}\r\n`,
  'nslookup on Windows with a named server': `Server:  dc1.corp.example\nAddress:  10.0.0.4\n\nName:    ${host}\nAddress:  ${address}`,
  'nslookup in German': `Server:  dc1.firma.example\nAddress:  10.0.0.4\n\nNicht autorisierende Antwort:\nName:    ${host}\nAddress:  ${address}`,
  'nslookup in Dutch': `Server:  dc1.bedrijf.example\nAddress:  10.0.0.4\n\nNiet-bindend antwoord:\nNaam:    ${host}\nAddress:  ${address}`,
  'nslookup in French': `Serveur :   dc1.societe.example\nAddress:  10.0.0.4\n\nRéponse ne faisant pas autorité :\nNom :    ${host}\nAddress:  ${address}`,
  'nslookup whose empty lines a chat took away': `Server:  dc1.corp.example\nAddress:  10.0.0.4\nName:    ${host}\nAddress:  ${address}`,
  'nslookup with an IPv6 address beside it': `Name:    ${host}\nAddresses:  fd00::1\n          ${address}`,
  'nslookup with the prompt': `C:\\Users\\rosa>nslookup ${host}\nServer:  UnKnown\nAddress:  10.0.0.4\n\nName:    ${host}\nAddress:  ${address}`,
  'Resolve-DnsName': `Name                                           Type   TTL   Section    IPAddress\n----                                           ----   ---   -------    ---------\n${host}                     A      300   Answer     ${address}\n`,
  dig: `;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; QUESTION SECTION:\n;${host}.\tIN\tA\n\n;; ANSWER SECTION:\n${host}. 300 IN A ${address}\n\n;; SERVER: 10.0.0.4#53(10.0.0.4)\n`,
  'dig +short': `${address}\n`,
  host: `${host} has address ${address}`,
  getent: `${address}    ${host}`,
  'ping on Windows, German': `Ping wird ausgeführt für ${host} [${address}] mit 32 Bytes Daten:`,
  'ping on Linux': `PING ${host} (${address}) 56(84) bytes of data.`,
  'the address by itself': `Address: ${address}`,
  'with the colours of a terminal': `\u001b[1mName:\u001b[0m\t${host}\nAddress: \u001b[32m${address}\u001b[0m`,
};

describe('where a name leads', () => {
  it.each(Object.entries(outputs))('is read from %s', (_tool, output) => {
    expect(judged(output)).toBe('name yes');
    expect(judged(output.replaceAll(address, '10.9.9.9'))).toBe('name no');
  });

  it.each([
    ['Linux', `Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\n** server can't find ${host}: NXDOMAIN`],
    ['Windows', `Server:  UnKnown\nAddress:  10.0.0.4\n\n*** UnKnown can't find ${host}: Non-existent domain`],
    ['Windows, German', `*** ${host} wurde von dc1.firma.example nicht gefunden: Non-existent domain.`],
    ['Windows, Dutch', `*** dc1.bedrijf.example kan ${host} niet vinden: Non-existent domain`],
    ['PowerShell', `Resolve-DnsName : ${host} : DNS name does not exist\nAt line:1 char:1`],
    ['PowerShell, German', `Resolve-DnsName : ${host} : DNS-Name ist nicht vorhanden.`],
    ['dig', `;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 1\n;; QUESTION SECTION:\n;${host}.\tIN\tA\n`],
    ['hand', 'NXDOMAIN'],
  ])('is nowhere when the server says so (%s)', (_tool, output) => {
    expect(judged(output)).toBe('name no');
  });

  it('is read through the name that it stands for', () => {
    const check = [name('data-vnet', replica, '192.168.1.5')];
    const windows = `Name:    mendix-prod-db-replica.privatelink.postgres.database.azure.com\nAddress:  192.168.1.5\nAliases:  ${replica}\n`;
    const linux = `Non-authoritative answer:\n${replica}\tcanonical name = mendix-prod-db-replica.privatelink.postgres.database.azure.com.\nName:\tmendix-prod-db-replica.privatelink.postgres.database.azure.com\nAddress: 192.168.1.5\n`;
    const shell = `${replica} CNAME 60 Answer mendix-prod-db-replica.privatelink.postgres.database.azure.com\nmendix-prod-db-replica.privatelink.postgres.database.azure.com A 10 Answer 192.168.1.5`;

    expect([windows, linux, shell].map((output) => judged(output, check))).toEqual([
      'name yes',
      'name yes',
      'name yes',
    ]);
  });

  it('is known for any name below a wildcard', () => {
    const wildcard = [name('hub-vnet', '*.azure.mendixapps.io')];

    expect(judged(outputs['host'] ?? '', wildcard)).toBe('name yes');
    expect(judged(`azure.mendixapps.io has address ${address}`, wildcard)).toBe('pasted-unclear');
  });
});

describe('whether it answers', () => {
  const mark = `https://${host}/ connected-to-${address}-exit-`;
  const test = `ComputerName     : ${host}\nRemoteAddress    : ${address}\nRemotePort       : 443\nInterfaceAlias   : Ethernet\nSourceAddress    : 10.20.2.5\nTcpTestSucceeded : `;

  it.each([
    ['curl', `HTTP/2 200\nserver: nginx\n\n${mark}0`, 'reach yes'],
    ['curl that was refused', `https://${host}/ connected-to--exit-7`, 'reach no'],
    ['curl that waited too long', `${mark}28`, 'reach no'],
    ['curl that does not trust the certificate', `${mark}60`, 'reach yes, reach care'],
    ['curl that failed in some other way', `${mark}99`, 'pasted-unclear'],
    ['curl that spoke with another address', `https://${host}/ connected-to-20.1.1.1-exit-0`, 'reach no'],
    [
      'curl before it knew its exit code',
      `https://${host}/ connected-to-${address}-exit-%{exitcode}`,
      'pasted-unclear',
    ],
    ['Test-NetConnection', `${test}True`, 'name yes, reach yes'],
    [
      'Test-NetConnection in German',
      `WARNUNG: TCP connect to (${address} : 443) failed\n\n${test}False`,
      'name yes, reach no',
    ],
    ['Test-NetConnection of another port', `${test}True`.replace('443', '8080'), 'name yes'],
    [
      'Test-NetConnection that found no name',
      `WARNING: Name resolution of ${host} failed\nComputerName   : ${host}\nRemoteAddress  :\nInterfaceAlias :\nSourceAddress  :\nPingSucceeded  : False\nTcpTestSucceeded : False`,
      'pasted-unclear',
    ],
    ['nc', `Connection to ${host} (${address}) 443 port [tcp/https] succeeded!`, 'reach yes'],
    [
      'nc that was refused',
      `nc: connect to ${host} (${address}) port 443 (tcp) failed: Connection refused`,
      'reach no',
    ],
    [
      'openssl',
      `$ openssl s_client -connect ${host}:443 -servername ${host}\nConnecting to ${address}\nCONNECTED(00000003)\ndepth=2 C = US`,
      'reach yes',
    ],
    ['openssl without the address', `$ openssl s_client -connect ${host}:443\nCONNECTED(00000003)`, 'pasted-unclear'],
    ['openssl without the command', `Connecting to ${address}\nCONNECTED(00000003)`, 'pasted-unclear'],
  ])('is read from %s', (_tool, output, verdict) => {
    expect(judged(output)).toBe(verdict);
  });

  it.each([
    ['accepting connections', 'reach yes'],
    ['Verbindungen werden angenommen', 'reach yes'],
    ['no response', 'reach no'],
    ['keine Antwort', 'reach no'],
    ['aucune réponse', 'pasted-unclear'],
  ])('is read from pg_isready that says “%s”', (says, verdict) => {
    expect(judged(`${replica}:5432 - ${says}`, [reach('data-vnet', replica, '192.168.1.5', 5432)])).toBe(verdict);
  });

  it('is not taken for another app behind the same address', () => {
    const apps = [reach(), reach('hub-vnet', 'billing.azure.mendixapps.io')];

    expect(judged(`${mark}0`, apps)).toBe('reach yes');
    expect(judged(`connected-to-${address}-exit-0`, apps)).toBe('pasted-unclear');
  });
});

describe('an output that could deceive', () => {
  it.each([
    [
      'the command by itself',
      `nslookup ${host}\ncurl -sI -w "%{url_effective} connected-to-%{remote_ip}-exit-%{exitcode}\\n" https://${host}/`,
    ],
    [
      'the address of the DNS server',
      `Server:  ${address}\nAddress:  ${address}\n\nDNS request timed out.\n    timeout was 2 seconds.`,
    ],
    [
      'the address of the DNS server, on Linux',
      `Server:\t\t${address}\nAddress:\t${address}#53\n\n** server can't find ${host}: SERVFAIL`,
    ],
    ['another name', `Name:    billing.azure.mendixapps.io\nAddress:  ${address}`],
    ['a name that only ends alike', `evil-${host} has address ${address}`],
    ['a name that goes on', `${host}.evil.example has address ${address}`],
    ['a yes and a no', `${host} has address ${address}\nHost ${host} not found: 3(NXDOMAIN)`],
    ['two answers', `${host} has address ${address}\n${host} has address 10.0.0.1`],
    ['a time-out', `;; connection timed out; no servers could be reached`],
    ['prose', `It works: ${host} is fine, I see ${address} and port 443 is open, TcpTestSucceeded!`],
    ['nothing', ''],
    ['a number that is no address', `Name: ${host}\nAddress: 999.168.0.10`],
  ])('counts neither way: %s', (_what, output) => {
    expect(judged(output)).toBe('pasted-unclear');
  });

  it('is never a yes without the name and the address in it, and never takes long', () => {
    const words = fc.constantFrom(
      ...Object.values(outputs).flatMap((output) => output.split(/(?<=[\s:])/)),
      'connected-to-',
      '-exit-0',
      'TcpTestSucceeded : True',
      'CONNECTED(00000003)',
      ': '.repeat(50),
      'a.'.repeat(80),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }), (parts) => {
        const output = parts.join('').replaceAll(address, '10.1.1.1');
        const { evidence } = judgeOutput({ evidence: [], toRun: both }, output, 'Rosa');
        expect(evidence.filter(({ good }) => good === true)).toEqual([]);
        expect(evidence.length).toBeGreaterThan(0);
      }),
    );
  });

  it('of a whole megabyte is read in no time', () => {
    const long = ['a.', ': ', 'x ', '1.', '[', 'from-', '- '].map((part) => part.repeat(140_000)).join('\n');

    expect(judged(long)).toBe('pasted-unclear');
  });
});

describe('a connection of two networks', () => {
  const two = [name('hub-vnet'), name('data-vnet')];

  it('asks from which one an answer is', () => {
    const { evidence } = judgeOutput({ evidence: [], toRun: two }, `${host} has address ${address}`, 'Rosa');

    expect(evidence).toEqual([expect.objectContaining({ good: null, text: expect.stringContaining('from-hub-vnet') })]);
  });

  it('takes the answers apart by the line above each', () => {
    const output = `from-hub-vnet\n${host} has address ${address}\nfrom-data-vnet\n** server can't find ${host}: NXDOMAIN`;

    expect(judged(output, two)).toBe('name yes, name no');
  });
});
