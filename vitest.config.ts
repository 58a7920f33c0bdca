import { defineConfig } from 'vitest/config';

/** Whole journeys, crashes at every point, scripts in a real shell, and a PostgreSQL server: minutes, not seconds. */
const journeys = [
  'test/**/postgresql.test.ts',
  'test/process/alerts{,-replicas}.test.ts',
  'test/channels/*/contract/**/*.test.ts',
  'test/chaos/*.test.ts',
  'test/azure/{crash,denied,doors,faults,lease,moved,named-failures,polling,roles,scenarios,two-replicas,undo,verify-reach}.test.ts',
  'test/plan/export/az*.test.ts',
  'test/engine/contract.test.ts',
  'test/process/refused.test.ts',
];

export default defineConfig({
  test: {
    // Half of the time is spent waiting for databases and HTTP, so one worker more than cores of a small machine.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/chaos/**', 'test/bench/**', ...journeys],
          // No module of ours keeps state, so files may share a process: a third of the time goes into starting them.
          isolate: false,
          testTimeout: 20_000,
          provide: { depth: 'quick' },
        },
      },
      {
        test: { name: 'journeys', include: journeys, isolate: false, testTimeout: 60_000, provide: { depth: 'quick' } },
      },
      {
        test: {
          name: 'deep',
          include: ['test/**/*.property.test.ts', 'test/**/properties.test.ts', 'test/**/fuzz.test.ts'],
          isolate: false,
          testTimeout: 120_000,
          provide: { depth: 'deep' },
        },
      },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
