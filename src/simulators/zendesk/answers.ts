/** The shapes in which Zendesk answers, and the ones in which it refuses. */
import type { SimResponse } from '../server.ts';
import type { Told } from './ticket-events.ts';

/** An answer, and what the webhooks are told about what was done for it. */
export interface Handled {
  response: SimResponse;
  told: readonly Told[];
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
  return { response: { status: 200, body }, told: [] };
}

export function created(body: unknown): Handled {
  return { response: { status: 201, body }, told: [] };
}

export function noContent(): Handled {
  return { response: { status: 204 }, told: [] };
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

export function forbidden(): Refused {
  return new Refused({
    status: 403,
    body: {
      error: {
        title: 'Forbidden',
        message:
          'You do not have access to this page. Please contact the account owner of this help desk for further help.',
      },
    },
  });
}

/** @param limit Of which limit, as the header of Zendesk's per-endpoint limits names it. */
export function tooManyRequests(limit: string, retryAfterSeconds: number): Refused {
  return new Refused({
    status: 429,
    headers: { 'Retry-After': String(retryAfterSeconds) },
    body: { error: 'TooManyRequests', description: `${limit} allows no more requests for now.` },
  });
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
