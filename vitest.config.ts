import { defineConfig } from 'vitest/config';
import { roomyFolder } from './test/support/roomy-folder.ts';

/** Whole journeys, crashes at every point, scripts in a real shell, and a PostgreSQL server: minutes, not seconds. */
const journeys = [
  'test/**/{,*-}postgresql.test.ts',
  'test/process/alerts{,-replicas}.test.ts',
  'test/channels/*/contract/**/*.test.ts',
  'test/chaos/*.test.ts',
  'test/azure/{crash,denied,doors,executor,faults,in-turn,late-failures,lease,moved,named-failures,own-dns-servers,owner-plans,polling,roles,scenarios,stop,two-replicas,undo,verify-reach,wait-for-owner,whose}.test.ts',
  'test/plan/export/az*.test.ts',
  'test/engine/{crash,shared}.test.ts',
  'test/channels/teams/gate/memory.test.ts',
  'test/process/commands/lines-cli.test.ts',
  'test/process/{desk-away,desk-step,refused,watch}.test.ts',
  'test/channels/slack/receiving/{drain,whole}.test.ts',
  'test/channels/slack/sending/uncertain.test.ts',
  'test/tickets/{exactly-once,hostile,reconcile-many,token-ends}.test.ts',
];

/** Fresh databases that are flushed with every commit make up most of the waiting where files lie on a disk. */
const env = { TMPDIR: roomyFolder() };

/** For what hangs: a condition is looked at often, and given up long after the slowest machine has met it. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { interval: 20, timeout: 30_000 } } };

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
          // Talking to a thread costs less than talking to a process, and there are many tests to tell of.
          pool: 'threads',
          ...patience,
          env,
          provide: { depth: 'quick' },
        },
      },
      {
        test: {
          name: 'journeys',
          include: journeys,
          isolate: false,
          ...patience,
          testTimeout: 120_000,
          env,
          provide: { depth: 'quick' },
        },
      },
      {
        test: {
          name: 'deep',
          include: ['test/**/*.property.test.ts', 'test/**/properties.test.ts', 'test/**/fuzz.test.ts'],
          isolate: false,
          ...patience,
          testTimeout: 300_000,
          env,
          provide: { depth: 'deep' },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
