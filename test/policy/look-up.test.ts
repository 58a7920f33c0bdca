import { describe, expect, it } from 'vitest';
import { buildLookUp } from '../../src/policy/look-up.ts';
import { stemOf } from '../../src/policy/stem.ts';
import synonyms from '../../src/policy/tables/synonyms.json' with { type: 'json' };
import { readSynonyms } from '../../src/policy/terms.ts';

const language = readSynonyms({
  about: '',
  sameAs: { 'load balancer': ['lb'], update: ['patch', 'bring up to date'] },
  outside: ['price'],
  common: ['the a of is are who what how do we', 'does can'],
});

const texts = {
  nodes: 'Updates of the nodes. Patching the nodes, operating system',
  balancer: 'The load balancer. Entry, traffic',
  backup: 'Backups of the database, a good price',
  database: 'The database',
};

const find = buildLookUp(
  Object.entries(texts),
  ([, text]) => [
    { text: text.split('. ')[0] ?? '', weight: 1 },
    { text: text.split('. ')[1] ?? '', weight: 0.5 },
  ],
  language,
);

function found(question: string): string[] {
  return find(question).map(({ document: [name] }) => name);
}

describe('the look-up', () => {
  it.each([
    ['another form of the word', 'who is patching?', ['nodes']],
    ['a synonym', 'lb', ['balancer']],
    ['a synonym of several words', 'how do we bring up to date', ['nodes']],
    ['several words of the table, written out', 'Load Balancer', ['balancer']],
    ['capitals', 'WHAT ARE NODES', ['nodes']],
    ['a typo', 'databse bakcups', ['backup', 'database']],
    ['a typo that two words share', 'the ndoes', ['nodes']],
    ['the shorter of two documents that say it', 'database', ['database', 'backup']],
    ['a word that stands in the lesser field only', 'traffic', ['balancer']],
  ])('finds by %s', (_what, question, expected) => {
    expect(found(question)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['only common words', 'who is the a'],
    ['only unknown words', 'the weather'],
    ['only an outside subject, though a document has the word', 'price'],
    ['signs', '?!'],
  ])('finds nothing by %s', (_what, question) => {
    expect(found(question)).toEqual([]);
  });

  it('tells how much of the question a document covers', () => {
    const [whole] = find('database backups');
    const [half] = find('database weather');
    const [outside] = find('database price');

    expect(whole?.cover).toBe(1);
    expect(half?.cover).toBeGreaterThan(0);
    expect(half?.cover).toBeLessThan(0.6);
    expect(outside?.cover).toBeLessThan(half?.cover ?? 0);
  });

  it('has nothing to find without documents', () => {
    const empty = buildLookUp([], () => [], language);

    expect(empty('database')).toEqual([]);
  });
});

describe('stems', () => {
  it.each(
    [
      'patch patches patched patching',
      'delete deletes deleting deleted deletion',
      'update updates updating updated',
      'responsible responsibility responsibilities',
      'customize customise customization customisations customized',
      'initialise initialization initialised',
      'migrate migration migrating',
      'configure configuration configured',
      'deploy deployment deployments deploying',
      'secure security securing',
      'tag tags tagging tagged',
      'policy policies',
      'available availability',
      'connect connection connectivity connected',
      'quarter quarterly',
      'critical critically',
      'app apps',
    ].map((forms) => forms.split(' ')),
  )('%s and its forms share one', (...forms) => {
    expect(new Set(forms.map(stemOf)).size).toBe(1);
  });

  it.each([
    ['custom', 'customer'],
    ['operate', 'operator'],
    ['status', 'state'],
    ['private', 'price'],
    ['access', 'accept'],
  ])('of %s and %s differ', (one, other) => {
    expect(stemOf(one)).not.toBe(stemOf(other));
  });

  it('leaves numbers and short words alone', () => {
    expect(['10.10', 'aks', 'vms', 'ipv6', ''].map(stemOf)).toEqual(['10.10', 'aks', 'vms', 'ipv6', '']);
  });
});

describe('the table of synonyms', () => {
  it.each([
    ['a spelling under two words', { sameAs: { app: ['tool'], node: ['tool'] } }, '“tool” stands there twice'],
    ['a spelling that is outside', { sameAs: { app: ['weather'] }, outside: ['weather'] }, '“weather” stands there'],
    ['capitals', { sameAs: { app: ['Tool'] } }, 'write small letters'],
    ['an empty list', { sameAs: { app: [] } }, 'sameAs.app'],
    ['an unknown column', { alias: {} }, 'alias'],
  ])('is refused with %s', (_what, change, message) => {
    const broken = { ...synonyms, ...change };

    expect(() => readSynonyms(broken)).toThrow(/^Reading policy\/tables\/synonyms\.json: /);
    expect(() => readSynonyms(broken)).toThrow(message);
  });
});
