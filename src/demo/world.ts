/** The simulated services, as foreign processes over HTTP: what really stands there when the demo is over. */

export interface World {
  resolve(network: string, name: string): Promise<{ status: string; addresses: string[]; zone: string | null }>;
  reach(from: string, address: string, port: number): Promise<{ open: boolean; because: string }>;
  resources(): Promise<{ [id: string]: unknown }>;
  tickets(): Promise<Ticket[]>;
  agent(move: { ticket: number; move: string; [key: string]: unknown }): Promise<void>;
  /** As Rosa Requester does who writes to the desk by herself; its number. */
  openAtDesk(subject: string): Promise<number>;
}

export interface Ticket {
  id: number;
  subject: string;
  status: string;
  priority: string;
  external_id: string | null;
  comments: { body: string; public: boolean }[];
}

export function openWorld(armUrl: string, zendeskUrl: string): World {
  const arm = new URL(armUrl).origin;
  const zendesk = new URL(zendeskUrl).origin;
  return {
    resolve: async (network, name) => (await post(`${arm}/_sim/resolve`, { network, name })) as never,
    reach: async (from, address, port) => (await post(`${arm}/_sim/reach`, { from, address, port })) as never,
    resources: async () => ((await get(`${arm}/_sim/world`)) as { resources: { [id: string]: unknown } }).resources,
    tickets: async () => ((await get(`${zendesk}/_sim/world`)) as { tickets: Ticket[] }).tickets,
    agent: async (move) => {
      await post(`${zendesk}/_sim/agent`, move);
    },
    async openAtDesk(subject) {
      const comment = { body: 'It is the same trouble as in my other ticket.' };
      const authorization = `Basic ${btoa('requester@example.com/token:demo')}`;
      const made = await post(`${zendesk}/api/v2/requests`, { request: { subject, comment } }, { authorization });
      return (made as { request: { id: number } }).request.id;
    },
  };
}

async function get(url: string): Promise<unknown> {
  return read(await fetch(url), url);
}

async function post(url: string, body: unknown, more: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', ...more };
  return read(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }), url);
}

async function read(response: Response, url: string): Promise<unknown> {
  if (!response.ok) {
    throw new Error(
      `Asking the simulator ${url}: HTTP ${response.status} ${await response.text()}. Is it still running?`,
    );
  }
  return response.json();
}
