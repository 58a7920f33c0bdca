import { describe, expect, it } from 'vitest';
import { findingLines } from '../../src/flows/connect-steps.ts';
import { care, stop, unknown } from '../../src/plan/finding.ts';
import { network, surveyOf } from '../plan/world.ts';
import { atMethod, type Case, cardOf } from './cases.ts';

const network1 = '/subscriptions/sub-hub/resourceGroups/network-hub';

function planned(survey = surveyOf()): Case {
  const the = atMethod(survey);
  the.click('rosa', 'use-peering');
  return the;
}

describe('what the checks found', () => {
  it('stands worst first', () => {
    const found = [unknown('C', 'c', ''), care('B', 'b', ''), stop('A', 'a', '')];

    expect(findingLines(found).map(({ text, word }) => `${word}: ${text}`)).toEqual([
      'Stops you: a',
      'Take care: b',
      'Could not check: c',
    ]);
  });

  it('names things, with what has to be exact in the small print', () => {
    const brief = { text: 'The lock “keep” on network-hub forbids it.', detail: network1, wayOut: 'Lift it.' };

    expect(findingLines([stop('ScopeLocked', `The lock on ${network1}`, 'Lift it.', brief)])).toEqual([
      { sign: '✕', word: 'Stops you', tone: 'attention', ...brief },
    ]);
  });

  it('says a way out once that several have in common', () => {
    const found = [stop('A', 'a', 'Ask the owner.'), stop('B', 'b', 'Ask the owner.'), stop('C', 'c', 'Wait.')];

    expect(findingLines(found).map(({ wayOut }) => wayOut)).toEqual(['', 'Ask the owner.', 'Wait.']);
  });

  it('says once that something could not be read, with the reason', () => {
    const found = [
      stop('NetworkNotRead', 'I could not read the network hub-vnet in resource group hub.', 'Check the id.'),
      unknown('NotRead', 'I could not read the network hub-vnet (AuthorizationFailed: read is missing).', 'Go on.'),
      unknown('NotRead', 'I could not read the network hub-vnet-2 (AuthorizationFailed).', 'Go on.'),
    ];

    expect(findingLines(found)).toMatchObject([
      { word: 'Stops you', detail: 'AuthorizationFailed: read is missing' },
      { word: 'Could not check', text: expect.stringContaining('hub-vnet-2') },
    ]);
  });
});

describe('a plan', () => {
  it('says under each heading what happens there, and for how many', () => {
    const titles = cardOf(planned().last, 'connect-plan').groups.map(({ title }) => title);

    expect(titles).toEqual([expect.stringMatching(/: 4 to create$/), expect.stringMatching(/: 1 to create$/)]);
  });

  it('does not promise what something else has to allow first', () => {
    const asking = network('hub-vnet', '10.20.0.0/16', { dnsServers: ['172.30.1.1'] });

    expect(cardOf(planned(surveyOf({ networks: [asking] })).last, 'connect-plan').summary).toMatch(
      /, once the points below are settled\.$/,
    );
    expect(cardOf(planned().last, 'connect-plan').summary).not.toContain('settled');
  });

  it('does not offer an undo that a lock would refuse', () => {
    const survey = surveyOf();
    const rights = [survey.environment.network?.id, ...survey.networks.map(({ id }) => id)].map((id) => ({
      scope: (id ?? '').split('/providers/')[0] ?? '',
      allowed: [{ actions: ['*'], notActions: [] }],
      denied: [],
      locks: [{ name: 'keep', level: 'CanNotDelete' as const }],
    }));

    expect(cardOf(planned({ ...survey, rights }).last, 'connect-plan').undo).toMatch(/^Not by a button/);
  });
});
