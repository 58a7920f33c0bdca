/** A Zendesk account for one test, and plain HTTP to talk to it as any client would. */
import { onTestFinished } from 'vitest';
import { startZendeskSimulator, type ZendeskSimulatorOptions } from '../../../src/simulators/zendesk/start.ts';

/** What tests read from answers; which of it is there depends on the request. */
export interface AnswerBody {
  ticket: { id: number; status: string; updated_at: string; url: string };
  tickets: { id: number; status: string; comments: unknown[] }[];
  request: { id: number; status: string; can_be_solved_by_me: boolean };
  requests: { id: number }[];
  comments: { id: number; body: string; attachments: { content_url: string; id: number }[] }[];
  upload: { token: string; attachment: { id: number; content_url: string }; attachments: unknown[] };
  results: { id: number }[];
  after_cursor: string;
  end_of_stream: boolean;
  trigger: { id: number };
  job_status: { id: string };
  audit: { id: number; events: { type: string }[] };
  audits: unknown[];
  user: { id: number; name: string };
  users: { id: number; email: string }[];
  webhook: { id: string };
  webhooks: unknown[];
  signing_secret: { secret: string };
  links: { next: string | null };
  next_page: string | null;
  access_token: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

export interface LoggedRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  status: number;
}

export interface Desk {
  origin: string;
  /** Path from `/api/v2/` on; signed in as the bot unless other headers are given. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  control(name: string, body: unknown): Promise<Answer>;
  world(): Promise<AnswerBody>;
  /** What came in, oldest first, `/_sim/` left out. */
  requests(): Promise<LoggedRequest[]>;
  close(): Promise<void>;
}

export const asBot = { Authorization: 'Bearer causeway-stand-in' };

/** Signed in with an API token as whoever has this address. */
export function as(email: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${email}/token:abc`).toString('base64')}` };
}

export const asRequester = as('requester@example.com');
export const asAgent = as('robin.devries@desk.example.com');

export interface Clock {
  now: () => Temporal.Instant;
  pass: (duration: Temporal.DurationLike) => void;
}

export function startClock(at = '2026-03-02T09:00:00Z'): Clock {
  let now = Temporal.Instant.from(at);
  return {
    now: () => now,
    pass(duration) {
      now = now.add(duration);
    },
  };
}

export async function openDesk(options: ZendeskSimulatorOptions = {}): Promise<Desk> {
  const simulator = await startZendeskSimulator({ delivery: { pauseMs: 10 }, ...options });
  onTestFinished(() => simulator.close());
  const { origin } = simulator;
  return {
    origin,
    call: (method, path, body, headers = asBot) => send(`${origin}/api/v2/${path}`, method, body, headers),
    control: (name, body) => send(`${origin}/_sim/${name}`, 'POST', body, {}),
    world: async () => (await send(`${origin}/_sim/world`, 'GET', undefined, {})).body,
    requests: async () => (await (await fetch(`${origin}/_sim/requests`)).json()) as LoggedRequest[],
    close: () => simulator.close(),
  };
}

export const printerOnFire = {
  ticket: {
    external_id: 'case-7',
    subject: 'prod is down',
    comment: { body: 'Nobody can sign in.\nSince 08:00.' },
    priority: 'urgent',
    tags: ['causeway'],
    requester: { name: 'Rosa Requester', email: 'requester@example.com' },
  },
};

export async function send(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as AnswerBody,
  };
}
