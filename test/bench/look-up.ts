/** How long the look-up of the policy's notes takes: to build it once at start, and to answer one question. */
import { answerQuestion } from '../../src/policy/answers.ts';
import { buildLookUp } from '../../src/policy/look-up.ts';
import { notes } from '../../src/policy/notes.ts';
import asked from '../../src/policy/tables/asked.json' with { type: 'json' };
import { language } from '../../src/policy/terms.ts';
import heldOut from '../policy/questions/held-out.json' with { type: 'json' };
import outside from '../policy/questions/outside.json' with { type: 'json' };
import { type Samples, samplesOf } from './samples.ts';

const builds = 50;
const rounds = 5;

const questions: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(asked.asked));

export function indexBuild(): Samples {
  return repeated(Array.from({ length: builds }), () =>
    buildLookUp(
      notes,
      ({ row, title, words, note }) => [
        { text: [title, ...words, ...(questions.get(row) ?? [])].join('. '), weight: 1 },
        { text: note, weight: 0.5 },
      ],
      language,
    ),
  );
}

export function questionLatency(): Samples {
  const texts = [...heldOut.map(({ asks }) => asks), ...outside.heldOut];
  return repeated(Array.from({ length: rounds }, () => texts).flat(), (text) => answerQuestion(text));
}

/** The first tenth warms up. */
function repeated<Item>(items: readonly Item[], work: (item: Item) => unknown): Samples {
  const durations = items.map((item) => {
    const start = performance.now();
    work(item);
    return performance.now() - start;
  });
  const measured = durations.slice(Math.ceil(items.length / 10));
  return samplesOf(
    measured,
    measured.reduce((sum, duration) => sum + duration, 0),
  );
}
