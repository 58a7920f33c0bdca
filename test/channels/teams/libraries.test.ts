import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const endOfLife = /from '(?:botbuilder|@microsoft\/teams-ai)|import\('(?:botbuilder|@microsoft\/teams-ai)/;

it('knows the libraries that are past their end in one folder only, so that others can take their place', () => {
  const files = [...globSync('src/**/*.ts'), ...globSync('test/channels/teams/**/*.ts')];

  const knowing = files.filter((file) => endOfLife.test(readFileSync(file, 'utf8')));

  expect(knowing.toSorted()).toEqual([
    'src/channels/teams/botbuilder/load.ts',
    'src/channels/teams/botbuilder/second-check.ts',
  ]);
});
