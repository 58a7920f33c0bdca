/** The shapes in which Zendesk answers, and the ones in which it refuses. */
import type { SimResponse } from '../server.ts';
import type { TicketEvent } from './ticket-events.ts';

/** An answer, and what the webhooks are told about what was done for it. */
export interface Handled {
  response: SimResponse;
  events: readonly TicketEvent[];
}

/** Thrown by whatever finds that a request cannot be served; the router answers with it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly response: SimResponse;

  constructor(response: SimResponse) {
    super(`refused with ${response.status}`);
    this.response = response;
  }
}

export function ok(body: unknown): Handled {
  return { response: { status: 200, body }, events: [] };
}

export function notFound(): Refused {
  return new Refused({ status: 404, body: { error: 'RecordNotFound', description: 'Not found' } });
}

export function noSuchEndpoint(): Refused {
  return new Refused({ status: 404, body: { error: 'InvalidEndpoint', description: 'Not found' } });
}

export function badRequest(title: string, message: string): Refused {
  return new Refused({ status: 400, body: { error: { title, message } } });
}

/** A record that breaks a rule; `error` is Zendesk's word for the rule. */
export function recordInvalid(field: string, description: string, error = 'InvalidValue'): Refused {
  return new Refused({
    status: 422,
    body: {
      error: 'RecordInvalid',
      description: 'Record validation errors',
      details: { [field]: [{ description, error }] },
    },
  });
}

/** The webhooks part of the API has a shape of its own. */
export function webhookRefused(status: number, code: string, title: string): Refused {
  return new Refused({ status, body: { errors: [{ code, title, status: String(status) }] } });
}

export function conflict(): Refused {
  return new Refused({
    status: 409,
    body: { error: 'UpdateConflict', description: 'Safe Update prevented the update due to outdated ticket data.' },
  });
}

export function notAuthenticated(): Refused {
  return new Refused({ status: 401, body: { error: "Couldn't authenticate you" } });
}

export function tokenRefused(): Refused {
  return new Refused({
    status: 401,
    headers: { 'WWW-Authenticate': 'Bearer realm="OAuth", error="invalid_token"' },
    body: { error: 'invalid_token', error_description: 'The access token is expired, revoked or unknown.' },
  });
}
