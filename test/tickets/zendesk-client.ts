/** The client under test, connected to a desk of its own; its waiting is written down instead of waited for. */
import { connectZendesk, type ZendeskClient, type ZendeskConfig, type ZendeskDeps } from '../../src/tickets/zendesk.ts';
import { ZendeskError } from '../../src/tickets/zendesk-error.ts';
import type { TicketDraft } from '../../src/tickets/zendesk-tickets.ts';
import { type Desk, openDesk } from '../simulators/zendesk/desk.ts';

export const draft: TicketDraft = {
  externalId: 'case-7',
  subject: 'prod is down',
  body: 'Nobody can sign in.',
  priority: 'urgent',
  tags: ['causeway'],
  requester: { name: 'Rosa Requester', email: 'requester@example.com' },
  customFields: [{ id: 360_001, value: 'production' }],
};

export interface Connected {
  client: ZendeskClient;
  desk: Desk;
  /** How long the client waited between attempts, in ms. */
  pauses: number[];
}

export async function connectToDesk(
  credential: ZendeskConfig['credential'] = { kind: 'stand-in' },
  deps: ZendeskDeps = {},
): Promise<Connected> {
  const desk = await openDesk(deps.now === undefined ? {} : { now: deps.now });
  const pauses: number[] = [];
  const client = connectZendesk(
    { url: `${desk.origin}/api/v2`, credential },
    {
      timeoutMs: 30_000,
      wait: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
      ...deps,
    },
  );
  return { client, desk, pauses };
}

/** The error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<ZendeskError> {
  const outcome = await call.then(
    () => new Error('the call worked'),
    (error: unknown) => error,
  );
  if (outcome instanceof ZendeskError) {
    return outcome;
  }
  throw outcome;
}
