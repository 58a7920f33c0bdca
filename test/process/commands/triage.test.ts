import { describe, expect, it } from 'vitest';
import { answerKeys } from '../../../src/policy/facts-asked.ts';
import { triageLines } from '../../../src/process/commands/triage.ts';
import { answerValues } from './lines.ts';

async function triageOf(...values: unknown[]) {
  return (await answerValues(triageLines, ...values)).lines;
}

async function verdictOn(answers: Record<string, unknown>) {
  const [line] = await triageOf({ id: 'x', answers });
  return line ?? {};
}

const everyKey = ['id', 'scope', 'route', 'responsible', 'severity', 'target', 'because', 'ask', 'answers'];

describe('a verdict', () => {
  it.each([
    [{ answers: {} }],
    [{ answers: { symptom: 'inaccessible', environment: 'production' } }],
    [{ answers: { symptom: 'customization' } }],
    [{ text: 'prod is down' }],
  ])('has every key in its order for %j', async (given) => {
    const [line] = await triageOf({ id: 'x', ...given });

    expect(Object.keys(line ?? {})).toEqual(everyKey);
    expect(line?.['id']).toBe('x');
  });

  it('has null where there is none', async () => {
    expect(await verdictOn({})).toMatchObject({
      scope: 'unclear',
      route: 'ask_more',
      responsible: null,
      severity: null,
      target: null,
    });
    expect(await verdictOn({ symptom: 'customization', environment: 'production' })).toMatchObject({
      scope: 'unsupported',
      severity: null,
      target: null,
    });
  });

  it.each([
    [{ symptom: 'inaccessible', environment: 'production', selfServiceRecoveryTried: true }, '<2 office hours'],
    [{ symptom: 'cannot-provision' }, '<8 office hours'],
    [{ symptom: 'significant-disruption', environment: 'test', selfServiceRecoveryTried: true }, 'next business day'],
    [{ symptom: 'general-question' }, 'reasonable effort'],
  ])('names the target of %j', async (answers, target) => {
    expect(await verdictOn(answers)).toMatchObject({ scope: 'supported', target });
  });

  it('lists its grounds in the order in which they decided: scope, severity, target', async () => {
    const { because } = await verdictOn({ symptom: 'inaccessible', environment: 'production' });

    const sections = (because as Record<string, unknown>[]).map(({ section }) => section);
    expect(sections[0]).not.toBe('Severity Baselines for Support Tickets');
    expect(sections.slice(1)).toEqual([
      'Severity Baselines for Support Tickets',
      'Severity Baselines for Support Tickets',
    ]);
    for (const ground of because as object[]) {
      expect(Object.keys(ground)).toEqual(['source', 'section', 'note']);
    }
  });

  it('asks for at most two things, by their keys', async () => {
    for (const answers of [{}, { symptom: 'inaccessible' }, { requestKind: 'problem' }]) {
      const { ask } = await verdictOn(answers);

      expect((ask as string[]).length).toBeLessThanOrEqual(2);
      expect((ask as string[]).every((key) => answerKeys.some((known) => known === key))).toBe(true);
    }
  });
});

describe('answers', () => {
  it('are echoed as they were given', async () => {
    const answers = {
      mendixVersion: '10.12.1',
      symptom: 'cosmetic',
      canMakeChanges: false,
      workaround: null,
      appsAffected: '',
    };

    const { answers: echoed } = await verdictOn(answers);

    expect(JSON.stringify(echoed)).toBe(JSON.stringify(answers));
  });

  it('that are missing, null or empty text are the same: not known', async () => {
    const rest = { symptom: 'inaccessible', environment: 'production' };
    const { answers: _one, ...missing } = await verdictOn(rest);

    for (const nothing of [null, '']) {
      const { answers: _other, ...verdict } = await verdictOn({
        ...rest,
        selfServiceRecoveryTried: nothing,
        faultLocation: nothing,
        mendixVersion: nothing,
      });
      expect(verdict).toEqual(missing);
    }
  });

  it.each([
    [{ colour: 'red' }, /"colour" is not one of the answer keys: environment, symptom, .*, requestKind\./],
    [{ environment: 'prod' }, /"environment" cannot be "prod"; allowed: production, acceptance, test, development\./],
    [{ Environment: 'production' }, /"Environment" is not one of the answer keys/],
    [{ workaround: 'true' }, /"workaround" cannot be "true"; allowed: true, false\./],
    [{ workaround: 1 }, /"workaround" cannot be 1; allowed: true, false\./],
    [{ mendixVersion: 10.6 }, /"mendixVersion" cannot be 10\.6; allowed: a version as text, such as "10\.10"\./],
    [{ mendixVersion: 'ten' }, /"mendixVersion" cannot be "ten"/],
    [{ symptom: ['inaccessible'] }, /"symptom" cannot be a list; allowed: inaccessible, .*, general-question\./],
    [{ symptom: 'x'.repeat(1000) }, /cannot be "x{60}…"/],
    [{ symptom: 'nope', requestKind: 'nope' }, /"symptom" cannot be .*"requestKind" cannot be/],
    [['symptom'], /must be an object\. Allowed keys: environment/],
    ['symptom', /must be an object/],
  ])('%j are an error that names what is allowed', async (answers, error) => {
    const answered = await answerValues(triageLines, { id: 'bad', answers });

    expect(answered.lines).toEqual([{ id: 'bad', error: expect.stringMatching(error) }]);
    expect(answered.exitCode).toBe(1);
  });

  it('are compared by number where they are versions', async () => {
    expect(await verdictOn({ mendixVersion: '10.6' })).toMatchObject({ route: 'upgrade_app' });
    expect(await verdictOn({ mendixVersion: '10.10', symptom: 'cosmetic' })).toMatchObject({ route: 'ticket' });
    expect(await verdictOn({ mendixVersion: '9.24.3' })).toMatchObject({
      scope: 'unsupported',
      responsible: 'customer',
    });
  });
});

describe('text', () => {
  it('gives every answer key, null where it does not say it', async () => {
    const [line] = await triageOf({ id: 't', text: 'prod is down since 8, recovery button did nothing' });

    expect(line).toMatchObject({
      scope: 'supported',
      severity: 'critical',
      answers: {
        environment: 'production',
        symptom: 'inaccessible',
        selfServiceRecoveryTried: true,
        canMakeChanges: null,
        workaround: null,
        preflightPassed: null,
        mendixVersion: null,
      },
    });
    expect(Object.keys(line?.['answers'] as object)).toEqual(answerKeys);
  });

  it('that says nothing leaves everything unknown', async () => {
    const lines = await triageOf({ id: 1, text: 'hello' }, { id: 2, text: '' }, { id: 3, text: '🦊'.repeat(300_000) });

    for (const line of lines) {
      expect(line).toMatchObject({ scope: 'unclear', route: 'ask_more' });
      expect(Object.values(line['answers'] as object).every((value) => value === null)).toBe(true);
      expect(Object.keys(line['answers'] as object)).toEqual(answerKeys);
    }
  });

  it.each([
    [{ id: 'e' }, /neither "answers" nor "text"/],
    [{ id: 'e', answers: null, text: null }, /neither/],
    [{ id: 'e', answers: {}, text: 'prod is down' }, /both "answers" and "text"/],
    [{ id: 'e', text: 7 }, /"text" must be text/],
    [{ id: 'e', text: 'x', texts: 'y' }, /"texts" is not one of the keys id, answers, text/],
  ])('%j is refused', async (value, error) => {
    expect(await triageOf(value)).toEqual([{ id: 'e', error: expect.stringMatching(error) }]);
  });

  it('may stand beside a null of the other kind', async () => {
    const lines = await triageOf({ id: 1, text: 'prod is down', answers: null }, { id: 2, text: null, answers: {} });

    expect(lines.map((line) => line['error'])).toEqual([undefined, undefined]);
  });
});
