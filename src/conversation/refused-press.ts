/**
 * A press that never became an event of its case: by somebody whom the settings do not know, on somebody else's button,
 * or on a button whose form was not opened. Who tried what and was not let is evidence all the same.
 */
import { holdCase, noteIn } from '../audit/note.ts';
import { issuedTokenId } from '../cards/token.ts';
import type { Place } from '../flows/event.ts';
import { type Directory, findPerson } from '../flows/flow.ts';
import type { Reply } from '../flows/reply.ts';
import { readToken } from '../store/tokens.ts';
import type { Tx } from '../store/store.ts';
import type { AcceptDeps } from './accept.ts';
import { sealWith } from './audit-seal.ts';
import { instantText } from './instant-text.ts';

export interface Press {
  /** Of the press; the platform's own id where there is one. */
  id: string;
  /** A person of the settings, or the id under which the platform knows somebody else. */
  person: string;
  place: Place;
  verb: string;
  token: string;
}

interface House extends Pick<AcceptDeps, 'auditKey' | 'now'> {
  tokenKey: string;
  directory: Directory;
}

/** Nothing is recorded of a button that was made up: it belongs to no case, and anybody could fill the record with it. */
export async function noteRefusedPress(tx: Tx, press: Press, reply: Reply, house: House): Promise<void> {
  const tokenId = issuedTokenId(house.tokenKey, press.token);
  const row = tokenId === null ? null : await readToken(tx, tokenId);
  if (row === null) {
    return;
  }
  const { id, person, place, verb } = press;
  const known = findPerson(house.directory, person);
  const event = { type: 'clicked', person, place, message: row.messageKey, verb, inputs: {} };
  await noteIn(tx, await holdCase(tx, row.caseId), {
    caseId: row.caseId,
    at: instantText(house.now),
    type: 'press-refused',
    payload: { id, event, reply, people: known === null ? {} : { [person]: known } },
    seal: sealWith(house.auditKey),
  });
}
