/** Answers of the connector that are no success, with the codes that Teams uses. */
import type { SimResponse } from '../server.ts';

/** Thrown where a request cannot go on; caught where it is answered. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly response: SimResponse;
  constructor(response: SimResponse) {
    super(`Refused with ${response.status}`);
    this.response = response;
  }
}

export function failure(status: number, code: string, message: string, headers?: Record<string, string>): Refused {
  return new Refused({ status, ...(headers && { headers }), body: { error: { code, message } } });
}

export function notSignedIn(): Refused {
  return new Refused({ status: 401, body: { message: 'Authorization has been denied for this request.' } });
}

export function badSyntax(message: string): Refused {
  return failure(400, 'BadSyntax', message);
}

export function noSuchConversation(): Refused {
  return failure(404, 'ConversationNotFound', 'Conversation not found.');
}

export function notInstalled(): Refused {
  return failure(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
}
