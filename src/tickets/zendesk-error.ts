/** Everything that can go wrong between us and Zendesk, as one typed error that says what to do next. */
import { z } from 'zod/v4';

export interface ZendeskFailure {
  /** What was being done, such as `adding a comment to ticket 7`. */
  doing: string;
  /** HTTP status; null when there was no answer at all. */
  status: number | null;
  /** Zendesk's own word (`RecordInvalid`), or ours where it has none: `Timeout`, `NoConnection`, `NotJson`, `Unexpected`. */
  code: string;
  /** What Zendesk says about it, in one line without secrets; empty when it says nothing. */
  reason: string;
  /** How long Zendesk asks us to stay away; null when it does not say. */
  retryAfterMs: number | null;
  /** Zendesk's problems by field, as they came; null when there are none. */
  details: Readonly<Record<string, unknown>> | null;
  /** The request may have been carried out although no good answer came: look before sending it again. */
  mayHaveHappened: boolean;
}

export class ZendeskError extends Error {
  override readonly name = 'ZendeskError';
  readonly status: number | null;
  readonly code: string;
  readonly retryAfterMs: number | null;
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly mayHaveHappened: boolean;

  constructor(failure: ZendeskFailure, options?: ErrorOptions) {
    const { doing, status, code, reason } = failure;
    const answer = status === null ? code : `${status} ${code}`;
    super(`${doing}: ${answer}${reason === '' ? '' : ` (${reason})`}. ${nextStep(failure)}`, options);
    this.status = status;
    this.code = code;
    this.retryAfterMs = failure.retryAfterMs;
    this.details = failure.details;
    this.mayHaveHappened = failure.mayHaveHappened;
  }

  /** The ticket takes no change any more. */
  isClosedTicket(): boolean {
    return this.status === 422 && /ClosedTicket|closed prevents ticket update/i.test(JSON.stringify(this.details));
  }

  /**
   * Trouble on the way, too many requests, or a conflict (with another change, or of a keyed creation with its own first
   * attempt that is still being worked on): the same may work later.
   */
  mayPass(): boolean {
    const noAnswer = this.status === null && this.code !== 'Unexpected';
    return noAnswer || this.code === 'NotJson' || [409, 429].includes(this.status ?? 0) || (this.status ?? 0) >= 500;
  }

  /** A good answer that cannot be understood; what was asked for has been done. */
  static unexpected(doing: string, reason: string): ZendeskError {
    return new ZendeskError({
      doing,
      status: null,
      code: 'Unexpected',
      reason,
      retryAfterMs: null,
      details: null,
      mayHaveHappened: true,
    });
  }
}

const ErrorBody = z.object({
  error: z
    .union([
      z.string().transform((code) => ({ code, reason: '' })),
      z
        .object({ title: z.string().default(''), message: z.string().default('') })
        .transform(({ title, message }) => ({ code: title.replaceAll(' ', ''), reason: message })),
    ])
    .optional()
    .catch(undefined),
  description: z.string().catch(''),
  error_description: z.string().catch(''),
  details: z.record(z.string(), z.unknown()).nullable().catch(null),
  /** How the webhooks part of the API refuses. */
  errors: z.array(z.object({ code: z.string().default(''), title: z.string().default('') })).catch([]),
});

/** Reads one of the shapes in which Zendesk refuses; a body that is none of them still has its status. */
export function refusal(doing: string, status: number, body: unknown, retryAfterMs: number | null): ZendeskError {
  const parsed = ErrorBody.safeParse(body);
  const { error, details, errors } = parsed.data ?? { details: null, errors: [] };
  const said = [
    error?.reason,
    parsed.data?.description,
    parsed.data?.error_description,
    ...problems(details),
    ...errors.map(({ title }) => title),
  ];
  return new ZendeskError({
    doing,
    status,
    code: error?.code || errors[0]?.code || statusWord(status),
    reason: said.filter(Boolean).join('; '),
    retryAfterMs,
    details,
    mayHaveHappened: status >= 500,
  });
}

const Problem = z.object({ description: z.string() });

function problems(details: Readonly<Record<string, unknown>> | null): string[] {
  return Object.values(details ?? {})
    .flat()
    .flatMap((entry) => Problem.safeParse(entry).data?.description ?? []);
}

function statusWord(status: number): string {
  if (status >= 500) {
    return 'ServerError';
  }
  if (status >= 300 && status < 400) {
    return 'Redirect';
  }
  return status === 429 ? 'TooManyRequests' : 'Refused';
}

function nextStep({ status, code, mayHaveHappened }: ZendeskFailure): string {
  if (code === 'IdempotentRequestError') {
    return 'Look the ticket up by its external id before creating it again.';
  }
  switch (status) {
    case 401:
      return 'Check the OAuth client that the bot signs in with (or the API token: Zendesk switches those off).';
    case 403:
      return "Give the bot's user the role, and its OAuth client the scopes, that this needs.";
    case 404:
      return 'Check the number, and whether the ticket was deleted.';
    case 409:
      return 'Read the ticket again and decide on its present state.';
    case 422:
      return 'Mend the named values, or open a follow-up when the ticket is closed.';
    case 429:
      return 'Wait for as long as Zendesk asks, then try again.';
    case null:
    default:
      return mayHaveHappened
        ? 'Look whether it was done, then try again.'
        : "Check ZENDESK_URL and Zendesk's status page, then try again.";
  }
}
