import { expect, it } from 'vitest';
import { matchName } from '../../src/policy/match-name.ts';

it.each<[string, readonly string[], string | null | readonly string[]]>([
  ['hub', ['hub-vnet', 'spoke-7'], 'hub-vnet'],
  ['hub network', ['hub-vnet', 'spoke-7'], 'hub-vnet'],
  ['HUB-VNET', ['hub-vnet', 'hub-vnet-2'], 'hub-vnet'],
  ['prod', ['mendix-prod', 'mendix-acc'], 'mendix-prod'],
  ['mendx-prod', ['mendix-prod', 'mendix-acc'], 'mendix-prod'],
  ['spoke-7', ['spoke-7', 'spoke-70'], 'spoke-7'],
  ['spoke', ['spoke-7', 'spoke-8'], ['spoke-7', 'spoke-8']],
  ['data lake', ['hub-vnet', 'lake'], null],
  ['', ['hub-vnet'], null],
  ['hub', [], null],
])('matches %j among %j', (words, names, expected) => {
  expect(matchName(words, names)).toEqual(expected);
});
