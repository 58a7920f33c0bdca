/** The real Azure clients, pointed at a simulator in the way in which the product does it: only the host is rewritten. */
import { NetworkManagementClient } from '@azure/arm-network';
import { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';

const publicOrigin = 'https://management.azure.com';

function rewritingClient(origin: string): HttpClient {
  const inner = createDefaultHttpClient();
  return {
    sendRequest: async (request) => {
      const { url } = request;
      if (!url.startsWith(publicOrigin)) {
        throw new Error(`Refused to follow ${url}: only ${publicOrigin} is rewritten.`);
      }
      request.url = origin + url.slice(publicOrigin.length);
      request.allowInsecureConnection = true;
      try {
        return await inner.sendRequest(request);
      } finally {
        // Retries and pollers use the same request object again.
        request.url = url;
        request.allowInsecureConnection = false;
      }
    },
  };
}

const credential = { getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: 4_102_444_800_000 }) };

export function networkClient(origin: string, subscription: string): NetworkManagementClient {
  return new NetworkManagementClient(credential, subscription, { httpClient: rewritingClient(origin) });
}

export function dnsClient(origin: string, subscription: string): PrivateDnsManagementClient {
  return new PrivateDnsManagementClient(credential, subscription, { httpClient: rewritingClient(origin) });
}
