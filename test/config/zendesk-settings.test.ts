import { expect, it } from 'vitest';
import { accepted, settings, settingsProblems } from './settings-samples.ts';

it('has usual values for a desk of which nothing is said', () => {
  expect(accepted(settings()).zendesk).toEqual({ desk: 'provider', rights: 'agent', fields: {}, readsPerMinute: 60 });
});

it('takes what is said', () => {
  const zendesk = { desk: 'own', rights: 'end-user', fields: { environment: 360_001 }, readsPerMinute: 10 };

  expect(accepted(settings({ zendesk })).zendesk).toEqual(zendesk);
});

it.each([
  [{ readsPerMinute: 1 }, 'zendesk.readsPerMinute', 'a whole number from 2 to 400'],
  [{ readsPerMinute: 2.5 }, 'zendesk.readsPerMinute', 'a whole number from 2 to 400'],
  [{ rights: 'admin' }, 'zendesk.rights', 'agent or end-user'],
  [{ fields: { environment: 'x' } }, 'zendesk.fields.environment', 'the number of a custom field'],
  [{ portal: 'x' }, 'zendesk', 'readsPerMinute'],
])('says what to write instead of %j', (zendesk, where, advice) => {
  const [problem = ''] = settingsProblems(settings({ zendesk }));

  expect(problem).toContain(where);
  expect(problem).toContain(advice);
});
