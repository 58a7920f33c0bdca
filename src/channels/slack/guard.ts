/**
 * The gate in front of Bolt: nothing behind it sees a request that Slack did not sign, and what passes is one object of
 * JSON under a content type that Bolt reads. It stands there because Bolt accepts signatures from the future, cannot read
 * a form whose type names a charset, and ends the process on a body that is no object.
 */
import { isObject, type JsonObject } from '../../cards/adaptive-card.ts';
import type { SlackOptions } from './deps.ts';
import { type SignedRequest, whyNotSigned } from './signature.ts';

interface GuardRequest extends SignedRequest {
  /** The same bytes as text. */
  text: string;
  contentType: string;
}

type GuardVerdict =
  | { kind: 'passed'; body: JsonObject; contentType: string }
  /** Slack asks for the endpoint itself, and this is the answer. */
  | { kind: 'answered'; body: JsonObject | null }
  | { kind: 'refused'; status: 400 | 401; because: string };

export type Guard = (request: GuardRequest) => GuardVerdict;

const formType = 'application/x-www-form-urlencoded';

export function createGuard({ log, now, secret }: Pick<SlackOptions, 'log' | 'now'> & { secret: string }): Guard {
  const tellRefusal = openRefusalLog(log, now);
  return (request) => {
    const verdict = judge(request, secret, now());
    if (verdict.kind === 'refused') {
      tellRefusal(verdict.because);
    }
    return verdict;
  };
}

function judge(request: GuardRequest, secret: string, now: Temporal.Instant): GuardVerdict {
  const isForm = request.contentType.split(';')[0]?.trim().toLowerCase() === formType;
  // Slack signs its look at the certificate in some places only; nothing but this field is read of it.
  if (isForm && new URLSearchParams(request.text).get('ssl_check') === '1') {
    return { kind: 'answered', body: null };
  }
  const unsigned = whyNotSigned(request, secret, now);
  if (unsigned !== null) {
    return { kind: 'refused', status: 401, because: unsigned };
  }
  const body = isForm ? readForm(request.text) : readJson(request.text);
  if (!isObject(body)) {
    return { kind: 'refused', status: 400, because: 'The body is no object of JSON.' };
  }
  if (body['type'] === 'url_verification') {
    const { challenge } = body;
    return { kind: 'answered', body: { challenge: typeof challenge === 'string' ? challenge : '' } };
  }
  return { kind: 'passed', body, contentType: isForm ? formType : 'application/json' };
}

/** Interactions stand as JSON in one field, commands in many. Undefined when it is unclear which. */
function readForm(text: string): unknown {
  const fields = new URLSearchParams(text);
  const payloads = fields.getAll('payload');
  if (payloads.length > 1) {
    return undefined;
  }
  return payloads[0] === undefined ? Object.fromEntries(fields) : readJson(payloads[0]);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const quietMs = 60_000;

/** The first refusal for each reason at once, then at most one a minute: a flood of them must not flood the log. */
function openRefusalLog(log: SlackOptions['log'], now: () => Temporal.Instant): (because: string) => void {
  /** By reason, of which there are few: none holds anything that a stranger sent. */
  const told = new Map<string, { atMs: number; unsaid: number }>();
  return (because) => {
    const last = told.get(because);
    const time = now().epochMilliseconds;
    if (last !== undefined && Math.abs(time - last.atMs) < quietMs) {
      last.unsaid += 1;
      return;
    }
    told.set(because, { atMs: time, unsaid: 0 });
    log('A request to the Slack endpoint was refused', { because, before: last?.unsaid ?? 0 });
  };
}
