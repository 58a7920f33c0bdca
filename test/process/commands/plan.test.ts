import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPlan } from '../../../src/process/commands/plan.ts';
import { exampleApplications, exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type House, openHouse } from '../../azure/house.ts';
import { syntaxErrors } from '../../plan/export/read-bicep.ts';
import { readTerraform } from '../../plan/export/read-terraform.ts';

const { hub, legacy } = exampleNetworks;

let house: House;
let folder: string;
let told: string[];

beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'causeway-plan-'));
});

afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

async function plan(answers: unknown, format?: string, env: Record<string, string> = { ARM_URL: house.origin }) {
  const file = join(folder, 'answers.json');
  await writeFile(file, typeof answers === 'string' ? answers : JSON.stringify(answers));
  told = [];
  const args = ['--answers', file, ...(format === undefined ? [] : ['--format', format])];
  return runPlan(args, (line) => told.push(line), { env });
}

const peering = { scenario: null, environment: 'mendix-prod', networks: [hub], apps: ['orders'], method: null };

async function planned(answers: object): Promise<Record<string, unknown> & { steps: { id: string; kind: string }[] }> {
  const { out, err, exitCode } = await plan({ ...peering, ...answers }, 'json');
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return JSON.parse(out) as Awaited<ReturnType<typeof planned>>;
}

describe('causeway plan', () => {
  it('gives as JSON the keys that others rely on, in their order', async () => {
    const body = await planned({});

    expect(Object.keys(body)).toEqual(['hash', 'scenario', 'method', 'because', 'findings', 'steps', 'undo']);
    expect(body).toMatchObject({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      scenario: 'apps-by-peering',
      method: 'peering',
    });
    for (const step of body.steps) {
      expect(Object.keys(step)).toEqual(['id', 'kind', 'after', 'change', 'resource', 'before', 'body']);
    }
    for (const undo of body['undo'] as object[]) {
      expect(Object.keys(undo)).toEqual(['id', 'kind', 'after', 'change', 'resource', 'body']);
    }
    for (const ground of body['because'] as object[]) {
      expect(Object.keys(ground)).toEqual(['source', 'section', 'note']);
    }
  });

  it('names every step after those it waits for', async () => {
    const { steps } = (await planned({})) as unknown as { steps: { id: string; after: string[] }[] };

    for (const [index, { after }] of steps.entries()) {
      expect(steps.slice(0, index).map(({ id }) => id)).toEqual(expect.arrayContaining(after));
    }
  });

  it('lets the rules choose by what else is asked of the connection', async () => {
    expect(await planned({ isolation: true })).toMatchObject({ method: 'private-link' });
    expect(await planned({ needs: ['services'] })).toMatchObject({
      method: 'peering',
      because: [expect.objectContaining({ note: expect.stringContaining('many services in both directions') }), {}],
    });
    expect((await plan({ ...peering, networks: [legacy], needs: ['other-protocols'] }, 'json')).exitCode).toBe(3);
  });

  it('lets the rules choose, and takes what was asked for', async () => {
    expect(await planned({ networks: [legacy] })).toMatchObject({
      scenario: 'apps-by-private-link',
      method: 'private-link',
    });
    expect(await planned({ method: 'private-link' })).toMatchObject({
      scenario: 'apps-by-private-link',
      because: expect.arrayContaining([
        { source: 'What you asked for', section: 'method', note: 'You asked for Private Link.' },
      ]),
    });
    expect(await planned({ scenario: 'database-read', apps: [] })).toMatchObject({ method: 'peering' });
    expect(await planned({ apps: '*' })).toMatchObject({ method: 'peering' });
  });

  it('gives the same plan every time, and changes nothing', async () => {
    const first = await planned({});

    expect(await planned({})).toEqual(first);
    expect(await house.writes()).toEqual([]);
  });

  it.each([
    ['its name, in any case', 'Mendix-Prod'],
    ['its managed application', exampleApplications.mendixProd],
    [
      'its managed resource group',
      exampleGroups.mendixProdManaged.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'),
    ],
    ['anything in that group', exampleNetworks.mendixProd],
  ])('knows an environment by %s', async (_how, environment) => {
    expect((await planned({ environment })).steps[0]?.id).toBe((await planned({})).steps[0]?.id);
  });

  it('prints each format, and progress elsewhere', async () => {
    expect((await plan(peering)).out).toMatch(/^Plan [0-9a-f]{12}: apps reached through a network peering/);
    expect((await plan(peering, 'text')).out).toBe((await plan(peering)).out);
    expect((await plan(peering, 'az')).out).toMatch(/^#!\/usr\/bin\/env bash\n/);
    const { out: bicep } = await plan(peering, 'bicep');
    expect(await syntaxErrors(bicep)).toEqual([]);
    expect(bicep).toContain("targetScope = 'resourceGroup'");
    expect((await readTerraform((await plan(peering, 'terraform')).out)).resources).toHaveLength(5);
    expect(told).toEqual([`Azure: ${house.origin} (ARM_URL)`, expect.stringContaining('mendix-prod')]);
  });

  it('reads its own simulator with the example world when no Azure is configured', async () => {
    const { exitCode } = await plan(peering, 'json', {});

    expect(exitCode).toBe(0);
    expect(told[0]).toMatch(/simulator of its own, with the example world/);
  });

  it('names new resources as the settings want it', async () => {
    const settings = JSON.parse(await readExample()) as Record<string, unknown>;
    const file = join(folder, 'settings.json');
    await writeFile(
      file,
      JSON.stringify({ ...settings, naming: { pattern: 'net-{name}', tags: { team: 'network' } } }),
    );

    const { out } = await plan(peering, 'json', { ARM_URL: house.origin, SETTINGS_FILE: file });

    expect(out).toContain('/virtualNetworkPeerings/net-');
    expect(out).toContain('"team": "network"');
  });
});

async function readExample(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL('../../../manifest/settings.example.json', import.meta.url), 'utf8');
}

describe('a refusal', () => {
  const overlapping = { ...peering, networks: [legacy], method: 'peering' };

  it('ends in 3, with the findings where the plan would be', async () => {
    const { exitCode, out } = await plan(overlapping, 'json');

    expect(exitCode).toBe(3);
    const body = JSON.parse(out) as { findings: object[]; steps: object[] };
    expect(Object.keys(body)).toEqual(['hash', 'scenario', 'method', 'because', 'findings', 'steps', 'undo']);
    expect(body.steps).toEqual([]);
    expect(body.findings).toContainEqual({
      level: 'stop',
      code: 'VnetAddressSpacesOverlap',
      text: expect.stringContaining('192.168.2.0/24'),
      wayOut: expect.any(String),
    });
  });

  it('is told in words, but never where a script is expected', async () => {
    expect(await plan(overlapping)).toMatchObject({
      exitCode: 3,
      out: expect.stringContaining('Stops you: '),
      err: '',
    });
    for (const format of ['az', 'bicep', 'terraform']) {
      expect(await plan(overlapping, format)).toEqual({
        exitCode: 3,
        out: '',
        err: expect.stringContaining('Stops you: '),
      });
    }
  });

  it('says that no method fits, and the ways out', async () => {
    const { exitCode, out } = await plan({ ...peering, networks: [legacy], scenario: 'database-read', apps: [] });

    expect(exitCode).toBe(3);
    expect(out).toContain('(NoMethodFits)');
    expect(out).toContain('Give one of the two networks other addresses');
  });
});

describe('bad input', () => {
  it.each([
    ['no JSON', '{', /It is no JSON/],
    ['no object', '[]', /It is \[\]\. Write one JSON object/],
    ['no environment', { networks: [hub] }, /environment is missing\. Write the name of an environment/],
    [
      'an unknown environment',
      { ...peering, environment: 'prod' },
      /“prod”, which the settings do not name\. Write one of mendix-prod, mendix-acc/,
    ],
    [
      'an application that is not there',
      { ...peering, environment: `${exampleApplications.mendixProd}x` },
      /Azure knows no such managed application/,
    ],
    [
      'a group of no environment',
      { ...peering, environment: exampleGroups.hub },
      /belongs to no environment of the settings/,
    ],
    [
      'an unknown scenario',
      { ...peering, scenario: 'vpn' },
      /scenario is "vpn"\. Write apps-by-peering, apps-by-private-link, service-by-endpoint, dns-servers, database-read, or null/,
    ],
    ['an unknown method', { ...peering, method: 'nat' }, /method is "nat"\. Write peering, private-link, or null/],
    [
      'an id of something else',
      { ...peering, networks: ['hub-vnet'] },
      /networks\[0\] is "hub-vnet"\. Write the resource id of a virtual network/,
    ],
    [
      'an app that is no name',
      { ...peering, apps: ['orders', 'or ders'] },
      /apps\[1\] is "or ders"\. Write the name of an app/,
    ],
    [
      'apps in one text',
      { ...peering, apps: 'orders' },
      /apps is "orders"\. Write a list of app names, such as \["orders"\], or "\*"/,
    ],
    [
      'a server that is no address',
      { ...peering, dnsServers: ['dns'] },
      /dnsServers\[0\] is "dns"\. Write an IPv4 address/,
    ],
    [
      'a need that is none',
      { ...peering, needs: ['speed'] },
      /needs\[0\] is "speed"\. Write services, source-address, other-protocols, idle-connections/,
    ],
    [
      'an unknown key',
      { ...peering, network: hub },
      /network is no known key\. Known here: scenario, environment, networks/,
    ],
    [
      'an unknown key of the service',
      { ...peering, service: { fqdn: 'erp.example.com', alias: 'x' } },
      /service\.alias is no known key\. Known here: fqdn, privateLinkService/,
    ],
    ['a service without a whole name', { ...peering, service: { fqdn: 'erp' } }, /service\.fqdn is "erp"/],
  ])('is refused: %s', async (_what, answers, problem) => {
    const { exitCode, out, err } = await plan(answers);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(problem);
  });

  it('is told all at once', async () => {
    const { err } = await plan({ scenario: 'vpn', environment: '', networks: ['x'], apps: [3] });

    expect(err.trimEnd().split('\n')).toHaveLength(5);
  });

  it('names the formats, the arguments and the file', async () => {
    expect(await plan(peering, 'yaml')).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/“yaml”\. Write text, json, az, bicep, terraform/),
    });
    expect(await runPlan([], () => {}, { env: {} })).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--answers is missing'),
    });
    expect(await runPlan(['--answers', '/nowhere.json'], () => {}, { env: {} })).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/Reading \/nowhere\.json.*Write the path of a JSON file/),
    });
    expect(await runPlan(['--what'], () => {}, { env: {} })).toMatchObject({ exitCode: 2 });
  });

  it('holds for the environment as well', async () => {
    const { exitCode, err } = await plan(peering, 'json', { ARM_URL: 'http://example.com' });

    expect(exitCode).toBe(2);
    expect(err).toContain('a stand-in has to be on this machine');
    expect((await plan(peering, 'json', { AZURE_CLIENT_ID: 'x', AZURE_TENANT_ID: 'y' })).err).toContain(
      'AZURE_CLIENT_SECRET',
    );
  });
});
