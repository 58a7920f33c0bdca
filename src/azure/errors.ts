/** What went wrong with a call to Azure, in people's words, and whether waiting helps. */
import { type FailureClass, knownFailures } from './error-table.ts';

/** An answer lacks what every answer of Azure has; often a proxy or a maintenance page in between. */
export class OddAnswerError extends Error {
  override readonly name = 'OddAnswerError';
}

/** An answer to a plain call that is no success. */
export class ArmAnswerError extends Error {
  override readonly name = 'ArmAnswerError';
  readonly statusCode: number;
  readonly code: string | undefined;
  constructor(message: string, statusCode: number, code: string | undefined) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** What has to be there first is not there yet, but is on its way: looking again helps. */
export class NotYetError extends Error {
  override readonly name = 'NotYetError';
}

export interface AzureFailure {
  class: FailureClass;
  /** Azure's own code; null when there was none, as when nothing answered. */
  code: string | null;
  status: number | null;
  because: string;
  wayOut: string;
}

const linkedTwice = /cannot be linked to multiple zones with overlapping namespaces/i;
const denyAssignment = /deny assignment/i;
const failedBefore = /is not in Succeeded state\. Resource is in Failed state/i;
const otherTenant = /current tenant '[^']*' is not authorized to access linked subscription/i;
const tryAgain = 'Try again from here; what was done so far stays and is not done twice.';

/** Longest piece of Azure's own words on a card. */
const wordsShown = 300;

export function explainFailure(error: unknown): AzureFailure {
  const { code, status, message } = partsOf(error);
  if (error instanceof OddAnswerError || error instanceof NotYetError) {
    return { class: 'retry', code: null, status: null, because: message, wayOut: tryAgain };
  }
  const said = { code, status };
  if (linkedTwice.test(message)) {
    return {
      ...said,
      class: 'stop',
      because: 'The network is linked to a zone of the same name already; Azure allows one.',
      wayOut: 'Make the plan again: it then uses the zone that is linked.',
    };
  }
  const known = knownFailures[meaningOf(code, message)];
  if (known !== undefined) {
    return { ...said, class: known.class, because: withDetail(known.text, message), wayOut: known.wayOut };
  }
  return { ...said, ...unknownFailure(code, status, message) };
}

/** The same code can mean several things; then the words tell which. */
function meaningOf(code: string | null, message: string): string {
  if (denyAssignment.test(message)) {
    return 'DenyAssignmentAuthorizationFailed';
  }
  if (failedBefore.test(message)) {
    return 'ReferencedResourceFailed';
  }
  return otherTenant.test(message) ? 'InvalidAuthenticationTokenTenant' : (code ?? '');
}

export function isNotFound(error: unknown): boolean {
  return partsOf(error).status === 404;
}

/** Somebody changed the resource between our reading and our writing. */
export function isPreconditionFailed(error: unknown): boolean {
  return partsOf(error).status === 412;
}

function unknownFailure(
  code: string | null,
  status: number | null,
  message: string,
): Pick<AzureFailure, 'class' | 'because' | 'wayOut'> {
  if (status === null && code !== null && /^(?:E[A-Z]+|REQUEST_SEND_ERROR|ABORT_ERR)$/.test(code)) {
    return {
      class: 'retry',
      because: 'Azure could not be reached.',
      wayOut: `Check the network of the machine the bot runs on. ${tryAgain}`,
    };
  }
  if (status === 429 || status === 408 || (status ?? 0) >= 500) {
    return { class: 'retry', because: `Azure had trouble of its own (HTTP ${status}).`, wayOut: tryAgain };
  }
  if (status === 401) {
    return {
      class: 'ask',
      because: 'Azure does not accept the bot’s identity.',
      wayOut: 'Ask your Azure administrator to check the bot’s credentials, then try again from here.',
    };
  }
  if (status === 403) {
    return { class: 'ask', because: withDetail('The bot’s identity may not do this.', message), wayOut: tryAgain };
  }
  return code === null && status === null
    ? {
        class: 'stop',
        because: `Something went wrong on my side: ${shorten(message)}`,
        wayOut: `Report this. ${tryAgain}`,
      }
    : { class: 'stop', because: `Azure refused: ${shorten(message)}`, wayOut: tryAgain };
}

/** A denied call names the action and the scope, an overlap names the prefixes: that is what somebody has to act on. */
function withDetail(text: string, message: string): string {
  const denied = deniedCall(message);
  if (denied !== null) {
    return `${text} Action: ${denied.action}${denied.scope === null ? '' : `, on ${denied.scope}`}.`;
  }
  const prefixes = /Overlapping address prefixes: ([^"]+?)\.?(?:\s|$)/i.exec(message)?.[1];
  return prefixes === undefined ? text : `${text} Overlapping: ${prefixes}.`;
}

/** A refusal for a linked scope first names what is allowed, and only then what is missing there. */
function deniedCall(message: string): { action: string; scope: string | null } | null {
  const linked =
    /action(?:\(s\))? '([^']+)' (?:on|is blocked by deny assignments? on) the linked scope(?:\(s\))? '([^']+)'/i;
  const plain = /perform action '([^']+)'(?: (?:over|on) scope '([^']+)')?/i;
  const [, action, scope] = linked.exec(message) ?? plain.exec(message) ?? [];
  return action === undefined ? null : { action, scope: scope ?? null };
}

/** Status and code as text, for a line about something that could not be read. */
export function shortReason(error: unknown): string {
  const { code, status, message } = partsOf(error);
  const denied = deniedCall(message);
  const reason = code ?? (status === null ? shorten(message) : `HTTP ${status}`);
  return denied === null ? reason : `${reason}: ${denied.action} is missing`;
}

function partsOf(error: unknown): { code: string | null; status: number | null; message: string } {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return {
    code: typeof code === 'string' ? code : null,
    status: typeof statusCode === 'number' ? statusCode : null,
    message: error instanceof Error ? error.message : String(error),
  };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > wordsShown ? `${line.slice(0, wordsShown - 1)}…` : line;
}
