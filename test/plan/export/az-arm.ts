/** Requests to ARM as the Azure CLI sends them: it waits for every long operation. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Body {
  [key: string]: unknown;
}

export interface AzArm {
  get(id: string): Promise<Body>;
  put(id: string, body: unknown, more?: { headers?: Record<string, string>; query?: string }): Promise<void>;
  /** A URL that a script gives itself. */
  send(method: string, url: string, body: unknown): Promise<void>;
  remove(id: string): Promise<void>;
}

export function connectArm(origin: string): AzArm {
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const url = `${origin}${path.replace(/^https:\/\/management\.azure\.com/i, '')}`;
    const response = await fetch(url, {
      method,
      headers: { Authorization: 'Bearer stand-in', 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return { response, answer: text === '' ? {} : (JSON.parse(text) as Body) };
  }

  async function follow({ response }: Awaited<ReturnType<typeof call>>): Promise<void> {
    const operation =
      response.headers.get('Azure-AsyncOperation') ??
      (response.status === 202 ? response.headers.get('Location') : null);
    if (operation === null) {
      return;
    }
    for (;;) {
      const looked = await call('GET', operation);
      const status = looked.answer['status'];
      if (status === 'Succeeded' || (status === undefined && looked.response.status !== 202)) {
        return;
      }
      if (status === 'Failed' || status === 'Canceled') {
        throw new Error(JSON.stringify(looked.answer['error']));
      }
      await wait(10);
    }
  }

  return {
    get: async (id) => (await call('GET', versioned(id))).answer,
    put: async (id, body, more = {}) =>
      follow(await call('PUT', `${versioned(id)}${more.query ?? ''}`, body, more.headers)),
    send: async (method, url, body) => void (await call(method, url, body)),
    remove: async (id) => follow(await call('DELETE', versioned(id))),
  };
}

function versioned(id: string): string {
  const path = id.split('/').map(encodeURIComponent).join('/');
  return `${path}?api-version=${/\/privateDnsZones(?:\/|$)/i.test(id) ? '2024-06-01' : '2024-05-01'}`;
}
