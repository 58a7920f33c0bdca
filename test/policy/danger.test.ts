import { describe, expect, it } from 'vitest';
import { findDanger } from '../../src/policy/answers.ts';
import { readDangers } from '../../src/policy/danger.ts';
import { noteByRow } from '../../src/policy/notes.ts';
import dangers from '../../src/policy/tables/dangers.json' with { type: 'json' };

describe('a wish or a plan that can break more than people expect is warned of', () => {
  describe('deleting the managed application or its resource group', () => {
    it.each([
      'what happens if we delete the managed application?',
      'we are going to delete the managed app tomorrow',
      'can I remove the managed resource group?',
      'lets tear down the managed application and start fresh',
      'cleaning up: delting the managed aplication today',
      'PLEASE DELETE THE MANAGED APP',
      "we'll uninstall the managed application next week",
      'our colleague wants to purge the managed RG',
      'is it okay when the managed app gets deleted?',
      'the managed application will be removed on Friday',
      'we intend to destroy everything in the managed resource group',
      'deletion of the managed application is planned for next sprint',
      'we are decommissioning the managed application',
      'finance asks us to cancel the managed application',
      "I'm about to nuke the MRG",
      'Tomorrow we will throw away the managed application',
      'do you mind if I delete the managed resource groups of our test environments',
      'Is there a way to delete managed application without losing the data?',
      'consequences of deleting the managed app',
      'I will clean up the managed resource group this afternoon',
      'our plan: stop everything, delete the managed application, reinstall',
      'managed app deletion - what should we know',
      'how do you delete a managed application in azure',
      'we no longer need it and are removing the managed application',
      'Delete all resources in the MRG?',
      'Our contract ends, so we will just delete the managed application ourselves',
      'can I safely remove this managed application',
      'someone proposed dropping the whole managed resource group',
      'the managed application gets uninstalled next month',
      'please delete everything in the managed resource group',
      'what are the effects of removing the managed app?',
    ])('%s', (text) => {
      expect(findDanger(text)?.row).toBe('off-boarding-2');
    });
  });

  describe('deleting the storage account or the backups in it', () => {
    it.each([
      'we plan to drop the storage account to save costs',
      'is it safe to get rid of the backups container?',
      'wipe the storage account',
      'what if someone deletes the blob storage with the backups?',
      'any objections to me removing the old storage account?',
      'what would be lost if the storage account with the snapshots were deleted',
      'may i delte the storge account',
      'would it hurt to erase all backups',
      'is the storage account allowed to be deleted',
      'We intend to delete the storage account that holds the snapshots',
      'I am thinking about deleting all our backups',
    ])('%s', (text) => {
      expect(findDanger(text)?.row).toBe('backup-and-recovery-6');
    });
  });

  describe('forcing a change of the managed resources', () => {
    it.each([
      'I want to delete the database server',
      'how do I disable the deny assignment?',
      'could we turn off the deny assignment for a minute',
      'remove the deny assignments so that we can change the load balancer',
      'any risk in deleting the postgres database?',
      'we would like to switch the deny assignment off',
      'we have to shut down the AKS cluster over the holidays',
      'can the database be dropped',
      'please get rid of that deny assignment',
      'removal of the deny assignment',
      'we need the deny assignments lifted',
      'To save money I would stop the AKS cluster at night',
      'could the postgres server be removed and recreated?',
    ])('%s', (text) => {
      expect(findDanger(text)?.row).toBe('limited-customizability-2');
    });
  });

  describe('cutting a connection', () => {
    it.each([
      'should I delete the peering to the hub?',
      'can we remove the vnet peering, it is still used',
      'Cost saving: we remove the private endpoint next Monday',
      'the peering is going to be removed by our network team',
      'Delete VNet peering?',
      'shall we delete the private DNS zone',
    ])('%s', (text) => {
      expect(findDanger(text)?.row).toBe('customer-responsibilities-2');
    });
  });

  it('wherever it stands in a long message', () => {
    const text = `We have a lot to do, ${'and so on. '.repeat(50)} Then we delete the managed application. ${'Bye. '.repeat(50)}`;

    expect(findDanger(text)?.row).toBe('off-boarding-2');
  });
});

describe('nothing is warned of in', () => {
  it.each([
    "delete the app's old branch",
    'can I delete a tag?',
    'how do I remove a user from the app?',
    'we deleted the old snapshot file from my laptop',
    'delete my ticket please',
    'who manages the managed application?',
    'where is the storage account?',
    'please remove me from this channel',
    'we will not delete the managed application',
    'how do I drop a column in my own database?',
    'remove the test data from the app',
    'can I close the peering wizard?',
    'does the managed application need a tag?',
    "don't delete the managed app",
    'delete the comment on the ticket about the managed application',
    'turn off notifications about the storage account',
    'someone deleted the managed app by accident',
    'can I delete an app in the Mendix on Kubernetes portal?',
    'remove the tags from the storage account',
    'is the storage account encrypted?',
    'delete one snapshot',
    'how is the deny assignment called?',
    'the peering was removed yesterday and now nothing works',
    'we removed our own key vault',
    'can I remove a database record in my app?',
    'which peering do we need?',
    'can we drop the call on the managed application at 3?',
    'the storage account was deleted, help!',
    'never delete the managed application',
    'how do I clean up old tickets',
    'what does the managed resource group contain?',
    'delete this message',
    'the app is disconnected from the database',
    'delete the app in the developer portal',
    'how can I remove a node?',
    'I removed myself from the channel',
    'how do I delete a snapshot older than a year?',
    'what does the managed application cost',
    'the plan was to delete it but we did not',
    'may I add a peering?',
    'we dropped a ticket about the storage account',
    'how do I turn off Grafana exposure',
    'do not ever delete the storage account',
    'remove me from the list of people for the deny assignment topic',
    '',
    '?',
  ])('%j', (text) => {
    expect(findDanger(text)).toBeNull();
  });
});

it.each([
  'delete '.repeat(10_000),
  'managed app '.repeat(5000),
  'delete the managed '.repeat(5000),
  `${'is the storage account '.repeat(3000)}?`,
])('reads a very long message in bounded time', (text) => {
  expect([null, 'off-boarding-2', 'backup-and-recovery-6']).toContain(findDanger(text)?.row ?? null);
});

describe('the table of dangers', () => {
  it.each(dangers.rows.map((row) => [row.row, row] as const))('row %s warns with a note that fits it', (_row, row) => {
    const { title, note, next } = noteByRow(row.note);

    expect(`${title} ${note}`).toMatch(/delet|cannot change|does not repair/i);
    expect(next).not.toBeNull();
  });

  it.each(dangers.rows.flatMap((row) => row.things.map((thing) => [thing, row] as const)))(
    'knows “%s” by the first act of its row',
    (thing, row) => {
      const act = plain(row.acts[0] ?? '');

      expect(findDanger(`${act} the ${plain(thing)}`)?.row).toBe(row.note);
    },
  );

  it.each([
    ['a note that is not there', { note: 'off-boarding-0' }, 'row 1: .*no row off-boarding-0'],
    ['a set that is not there', { acts: ['<cook>'] }, 'row 1: .*there is no set <cook>'],
    ['a number used twice', { row: '2' }, 'uses the number 2 again'],
    ['no things', { things: [] }, 'row 1, things'],
    ['an unknown column', { notes: 'x' }, 'row 1: .*notes'],
  ])('is refused with %s', (_what, change, message) => {
    const [first, ...others] = dangers.rows;
    const broken = { ...dangers, rows: [{ ...first, ...change }, ...others] };

    expect(() => readDangers(broken)).toThrow(/^Reading policy\/tables\/dangers\.json: /);
    expect(() => readDangers(broken)).toThrow(new RegExp(message));
  });
});

/** A phrase in one of the ways to say it. */
function plain(phrase: string): string {
  return phrase
    .replaceAll(/<(\w+)>/g, (_all, name: keyof typeof dangers.sets) => dangers.sets[name][0] ?? '')
    .replaceAll(/\(([^)]*)\)/g, '$1')
    .replaceAll(/\/\S+/g, '')
    .replaceAll(/ \$/g, '');
}
