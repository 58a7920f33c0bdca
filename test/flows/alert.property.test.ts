/** Whatever order alerts come in: the count is that of a table, there is one card, and it ends up right. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openAlert } from './alert-cases.ts';
import { messages } from './cases.ts';

const happening = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  condition: fc.constantFrom('Fired', 'Resolved'),
  minutes: fc.constantFrom(0, 0, 0, 1),
});

it('counts what is open, however it is mixed, and the card says so in the end', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 30 }), (happenings) => {
      const the = openAlert();
      const seen = new Set<string>();
      const table = new Map<string, { fired: boolean; resolved: boolean }>();
      let last = '';
      for (const { condition, id, minutes } of happenings) {
        // The same news twice is stopped by the inbox.
        if (!seen.has(`${id}/${condition}`)) {
          seen.add(`${id}/${condition}`);
          the.later(minutes);
          const told = condition === 'Fired' ? the.fire({ id }) : the.resolve({ id });
          last = messages(told).find(({ message }) => message === 'alert')?.content.text ?? last;
          const row = table.get(id) ?? { fired: false, resolved: false };
          table.set(id, {
            fired: row.fired || condition === 'Fired',
            resolved: row.resolved || condition === 'Resolved',
          });
        }
      }
      last = messages(the.ring()).find(({ message }) => message === 'alert')?.content.text ?? last;

      const open = [...table.values()].filter(({ fired, resolved }) => fired && !resolved).length;
      const fired = [...table.values()].filter((row) => row.fired).length;
      expect(the.alert).toMatchObject({ open, fired, at: open > 0 ? 'open' : 'resolved' });
      expect(last.split(':')[0]).toBe(fired === 0 ? '' : open > 0 ? 'Fired' : 'Resolved');
    }),
  );
});
