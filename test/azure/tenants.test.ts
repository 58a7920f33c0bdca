import { describe, expect, it } from 'vitest';
import { createArm } from '../../src/azure/arm.ts';
import { survey } from '../../src/azure/survey.ts';
import { exampleForeign, exampleGroups, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, type House, hub, type Logged, mendixProd } from './house.ts';
import { carryOut, stepOf } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const { mendixAcc, contoso } = exampleNetworks;

function half(network: string, remote: string) {
  return stepOf('peering', `${network}/virtualNetworkPeerings/to-${remote.split('/').at(-1)}`, {
    body: {
      properties: {
        remoteVirtualNetwork: { id: remote },
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: false,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
    },
  });
}

async function auxiliary(): Promise<Record<string, string>> {
  const requests = await house.get<Logged[]>('requests');
  return Object.fromEntries(
    requests.flatMap(({ method, path, headers }) => {
      const header = headers['x-ms-authorization-auxiliary'];
      return header === undefined ? [] : [[`${method} ${path.split('/').at(-1)?.split('?')[0]}`, header]];
    }),
  );
}

describe('two directories', () => {
  it('are peered, each write with a token of both', async () => {
    await survey(house.arm, mendixProd, answersFor([contoso]));

    expect((await carryOut(house, store, half(contoso, mendixAcc))).result).toEqual({ ok: true });
    expect((await carryOut(house, store, half(mendixAcc, contoso))).result).toEqual({ ok: true });

    expect(await auxiliary()).toEqual({
      'PUT to-mendix-acc-vnet': expect.stringMatching(/^Bearer /),
      'PUT to-contoso-vnet': expect.stringMatching(/^Bearer /),
    });
    expect(await house.post('reach', { from: contoso, address: '192.168.4.10', port: 443 })).toMatchObject({
      open: true,
    });
  });

  it('share a zone by a link that carries both tokens, and nothing else does', async () => {
    await survey(house.arm, mendixProd, answersFor([contoso]));
    const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/orders.azure.mendixapps.io`;
    const steps = [
      stepOf('dns-zone', zone, { body: { location: 'global', tags: {} } }),
      stepOf('dns-record', `${zone}/A/@`, {
        body: { properties: { ttl: 300, aRecords: [{ ipv4Address: '192.168.4.10' }] } },
      }),
      stepOf('dns-link', `${zone}/virtualNetworkLinks/contoso`, {
        body: { location: 'global', properties: { virtualNetwork: { id: contoso }, registrationEnabled: false } },
      }),
    ];

    for (const step of steps) {
      expect((await carryOut(house, store, step)).result).toEqual({ ok: true });
    }

    expect(Object.keys(await auxiliary())).toEqual(['PUT contoso']);
  });

  it('are not spoken of where there is only one', async () => {
    await survey(house.arm, mendixProd, answersFor([hub]));
    await carryOut(house, store, half(hub, exampleNetworks.mendixProd));

    expect(await auxiliary()).toEqual({});
  });

  it('in which the bot cannot sign in are named as that', async () => {
    const arm = createArm({
      armUrl: house.origin,
      retryDelayMs: 20,
      credential: {
        getToken: (_scopes, options) =>
          options?.tenantId === undefined
            ? Promise.resolve({ token: 'home', expiresOnTimestamp: Number.MAX_SAFE_INTEGER })
            : Promise.reject(new Error('The credential is not configured for this tenant.')),
      },
    });

    const { unread } = await survey(arm, mendixProd, answersFor([contoso]));

    expect(unread).toContainEqual(expect.stringContaining('contoso-vnet (InvalidAuthenticationTokenTenant)'));
  });
});

it('a token of the other directory is a token of it', async () => {
  await survey(house.arm, mendixProd, answersFor([contoso]));

  const foreign = (await house.get<Logged[]>('requests')).find(
    ({ path, status }) => path.includes(exampleForeign.subscription) && status === 200,
  );
  const claims = foreign?.headers['authorization']?.split('.')[1] ?? '';
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({ tid: exampleForeign.tenant });
});
