/** A ticket that was merged away: what was shown of it does not stay when the desk takes it back. */
import { expect, it } from 'vitest';
import type { TicketComment } from '../../src/flows/event.ts';
import { atTicket, cardOf, effectsOf, messages } from './cases.ts';
import { lines, read, said } from './ticket-cases.ts';

it('takes back here what is redacted or withdrawn there, by a hint or within the hour', () => {
  const the = atTicket();
  const shown = [said(2, 'The key is SECRET99.'), said(3, 'And more.')];
  read(the, {}, shown);
  read(the, { status: 'closed', mergedInto: 13 }, shown);
  read(the, { id: 13, status: 'open', updatedAt: the.at });

  the.happen({ type: 'ticket-hinted', ticketId: 12 });
  expect(effectsOf(the.last, 'read-ticket')).toMatchObject([{ ticketId: 12 }]);
  const redacted = [said(2, 'The key is ▇▇▇▇▇▇▇▇.'), said(3, 'And more.'), said(4, 'Never shown here.')];
  read(the, { status: 'closed', mergedInto: 13, updatedAt: the.at }, redacted);
  expect(lines(the)).toEqual(['The key is ▇▇▇▇▇▇▇▇.\n(Redacted at the desk.)']);
  expect(messages(the.last)[0]?.message).toBe('comment-2');

  the.later(61);
  the.happen({ type: 'ticket-looked', ticketId: 13 });
  expect(effectsOf(the.last, 'read-ticket')).toMatchObject([{ ticketId: 12 }]);
  the.happen({ type: 'ticket-looked', ticketId: 13 });
  expect(effectsOf(the.last, 'read-ticket')).toEqual([]);
  read(the, { status: 'closed', mergedInto: 13, updatedAt: the.at }, [redacted[0] as TicketComment]);
  expect(lines(the)).toEqual(['This was withdrawn at the desk.']);
  expect(cardOf(the.last, 'ticket')).toMatchObject({ number: '13', lastWord: 'This was withdrawn at the desk.' });
  read(the, { status: 'closed', mergedInto: 13, updatedAt: '2026-03-02T09:00:00Z' }, shown);
  expect(lines(the)).toEqual([]);
});
