import { describe, expect, it } from 'vitest';
import type { AdHocFreeze, StopSwitch } from '../../src/flows/control-state.ts';
import type { Place } from '../../src/flows/event.ts';
import type { Directory } from '../../src/flows/flow.ts';
import { atApproval, cardOf, directory, effectsOf, messages, monday, onCallRoom, openCase, team } from './cases.ts';

const slackRoom: Place = { platform: 'slack', conversation: 'C0ONCALL', thread: null };
const two: Directory = { ...directory, places: { ...directory.places, approvalCopies: [onCallRoom, slackRoom] } };
const stop: StopSwitch & { id: string } = { id: 'C-9/4', by: 'ada', at: monday, reason: 'names stopped resolving' };

function freeze(parts: Partial<AdHocFreeze> = {}): AdHocFreeze {
  const whole = { by: 'ada', at: monday, reason: 'go-live', environments: ['mendix-prod'], mode: 'wait' as const };
  return { id: 'C-8/2', from: monday, until: '2026-03-06T17:00:00.000Z', ...whole, ...parts };
}

describe('the stop switch', () => {
  it('is pulled by an administrator in any thread, and told there and in every channel for approvals', () => {
    const the = openCase({ directory: two });

    const pulled = the.say('ada', 'stop all changes: names stopped resolving');

    expect(pulled.projections).toEqual([
      { type: 'changes-stopped', stop: { id: 'C-1/1', by: 'ada', at: monday, reason: 'names stopped resolving' } },
    ]);
    expect(messages(pulled).map(({ to }) => to)).toEqual([team, onCallRoom, slackRoom]);
    expect(new Set(messages(pulled).map(({ message }) => message)).size).toBe(3);
    const card = cardOf(pulled, 'control');
    expect(card).toMatchObject({ headline: 'All changes are stopped', tone: 'attention' });
    expect(card.lines).toEqual([
      { title: 'By', value: 'Ada Admin' },
      { title: 'Since', value: '2026-03-02 10:00 (Europe/Amsterdam)' },
      { title: 'Why', value: 'names stopped resolving' },
    ]);
  });

  it('is pulled in the middle of a case, which stays where it was', () => {
    const the = atApproval({ directory: two });
    const before = the.state;

    const pulled = the.say('ada', 'stop all changes: look at this plan first');

    expect(the.state).toBe(before);
    expect(pulled.projections).toMatchObject([{ type: 'changes-stopped' }]);
  });

  it.each(['rosa', 'anna', 'sam', 'gus'])('is not for %s, who is told who can', (who) => {
    const the = openCase();

    const refused = the.say(who, 'stop all changes: I am afraid');

    expect(refused.reply).toMatchObject({ outcome: 'refused' });
    expect(refused.reply.because).toContain('Only Ada Admin can stop');
    expect(refused.projections).toEqual([]);
    expect(messages(refused)).toMatchObject([{ onlyFor: who }]);
  });

  it('is not for somebody without a role', () => {
    const refused = openCase().say('otto', 'stop all changes: haha');

    expect(refused.reply.outcome).toBe('refused');
    expect(refused.projections).toEqual([]);
  });

  it('needs a reason', () => {
    const refused = openCase().say('ada', 'stop all changes');

    expect(refused.reply).toMatchObject({ outcome: 'invalid', errors: [{ input: 'reason' }] });
    expect(refused.projections).toEqual([]);
  });

  it('that is pulled already tells who did it', () => {
    const the = openCase();
    the.facts({ stop });

    const again = the.say('ada', 'stop all changes: me too');

    expect(again.reply.outcome).toBe('already-decided');
    expect(again.reply.because).toContain('Ada Admin stopped all changes on 2026-03-02 10:00');
    expect(again.projections).toEqual([]);
  });

  it('is released by an administrator; everybody hears of it, and the card of the stop is told to say so', () => {
    const the = openCase({ directory: two });
    the.facts({ stop });

    const released = the.say('ada', 'allow changes again: the zone is back');

    expect(released.projections).toEqual([{ type: 'changes-allowed', by: 'ada', reason: 'the zone is back' }]);
    expect(messages(released).map(({ content, to }) => [to.conversation, content.text])).toEqual(
      ['team', 'on-call', 'C0ONCALL'].map((room) => [
        room,
        'Ada Admin allows changes to Azure again: the zone is back',
      ]),
    );
    expect(effectsOf(released, 'tell-case')).toMatchObject([
      { caseId: 'C-9', event: { type: 'control-lifted', control: { kind: 'stop', id: 'C-9/4' }, by: 'ada' } },
    ]);
  });

  it('that nobody pulled is not released', () => {
    const the = openCase();
    the.facts({ stop: null });

    expect(the.say('ada', 'allow changes again: why not').reply).toMatchObject({ outcome: 'stale' });
  });

  it('that was released shows so on its old cards', () => {
    const the = openCase({ directory: two });
    const pulled = the.say('ada', 'stop all changes: names stopped resolving');

    const shown = the.happen({
      type: 'control-lifted',
      control: { ...stop, kind: 'stop', id: 'C-1/1' },
      by: 'ada',
      at: '2026-03-02T11:00:00.000Z',
      reason: 'mended',
    });

    expect(messages(shown).map(({ message }) => message)).toEqual(messages(pulled).map(({ message }) => message));
    expect(cardOf(shown, 'control')).toMatchObject({ headline: 'Changes are allowed again', tone: 'good' });
  });
});

describe('the status of changes', () => {
  it('is told to everybody alone, for the environments that they may ask for', () => {
    const the = openCase();
    the.facts({ stop: null, adHocFreezes: [freeze()] });

    const told = the.say('rosa', 'stop?');

    expect(messages(told)).toMatchObject([{ onlyFor: 'rosa', verbs: [] }]);
    const card = cardOf(told, 'control');
    expect(card).toMatchObject({ headline: 'Changes are allowed', reasonLabel: '' });
    expect(card.environments).toEqual([
      { title: 'mendix-prod', value: 'frozen until 2026-03-06 18:00 (Europe/Amsterdam): go-live' },
    ]);
    expect(card.wayOut).toContain('Ada Admin');
  });

  it('has the button that fits for an administrator, who has to give a reason', () => {
    const the = openCase();
    the.facts({ stop: null });
    expect(messages(the.say('ada', 'stop?'))).toMatchObject([{ verbs: ['stop-changes'] }]);

    const pulled = the.click('ada', 'stop-changes', { reason: 'names stopped resolving' });

    expect(pulled.projections).toMatchObject([
      { type: 'changes-stopped', stop: { reason: 'names stopped resolving' } },
    ]);
    the.facts({ stop });
    expect(messages(the.say('ada', 'stop?'))).toMatchObject([{ verbs: ['allow-changes'] }]);
    expect(the.click('ada', 'allow-changes', { reason: 'mended' }).projections).toMatchObject([
      { type: 'changes-allowed' },
    ]);
  });

  it('has a button for what is frozen by hand, when something is', () => {
    const the = openCase();
    the.facts({ stop: null, adHocFreezes: [freeze(), freeze({ id: 'C-7/2', environments: null })] });
    expect(messages(the.say('ada', 'stop?'))).toMatchObject([{ verbs: ['stop-changes', 'lift-freeze'] }]);
    expect(messages(the.say('rosa', 'stop?'))).toMatchObject([{ verbs: [] }]);

    const lifted = the.click('ada', 'lift-freeze', { reason: 'it went well' });

    expect(lifted.projections).toMatchObject([{ type: 'freezes-lifted', freezeIds: ['C-8/2', 'C-7/2'] }]);
    expect(messages(lifted).at(-1)).toMatchObject({ message: 'card', verbs: ['stop-changes'] });
    expect(the.click('rosa', 'lift-freeze', { reason: 'it went well' }).reply.outcome).toBe('refused');
  });

  it('knows the windows of the calendar', () => {
    const window = {
      name: 'upgrade',
      zone: 'Europe/Amsterdam',
      every: null,
      from: '2026-03-01T00:00',
      until: '2026-03-03T00:00',
      environments: null,
      mode: 'second-approval' as const,
      reason: 'the quarterly upgrade',
    };
    const the = openCase({ directory: { ...directory, freezes: [window] } });

    expect(cardOf(the.say('rosa', 'status of changes'), 'control').environments).toEqual([
      {
        title: 'mendix-prod',
        value: 'needs a second approval until 2026-03-03 00:00 (Europe/Amsterdam): “upgrade”: the quarterly upgrade',
      },
    ]);
  });

  it('is no button for somebody whose role was taken meanwhile', () => {
    const the = openCase();
    the.say('ada', 'stop?');
    the.settings({ people: directory.people.filter(({ id }) => id !== 'ada') });

    expect(the.click('ada', 'stop-changes', { reason: 'x' })).toMatchObject({
      reply: { outcome: 'refused' },
      projections: [],
    });
  });
});

describe('a freeze by hand', () => {
  it('is ordered in words, local to whoever orders it', () => {
    const the = openCase({ directory: two });

    const ordered = the.say('ada', 'freeze mendix-prod until friday 18:00: go-live');

    expect(ordered.projections).toEqual([{ type: 'freeze-begun', freeze: freeze({ id: 'C-1/1' }) }]);
    expect(messages(ordered).map(({ to }) => to.conversation)).toEqual(['team', 'on-call', 'C0ONCALL']);
    expect(cardOf(ordered, 'control').headline).toBe('mendix-prod is frozen until 2026-03-06 18:00 (Europe/Amsterdam)');
  });

  it('is for administrators only, and says what is wrong with it', () => {
    const the = openCase();

    expect(the.say('anna', 'freeze mendix-prod until friday 18:00: x').reply.outcome).toBe('refused');
    expect(the.say('ada', 'freeze mendix-prod until friday 18:00').reply).toMatchObject({
      outcome: 'invalid',
      errors: [{ input: 'freeze' }],
    });
  });

  it('is not meant by a problem that begins with the word', () => {
    const the = openCase();

    const taken = the.say('rosa', 'freeze of the screen in the orders app since this morning');

    expect(taken.reply.outcome).toBe('done');
    expect(taken.projections.some(({ type }) => type === 'freeze-begun')).toBe(false);
  });

  it('is lifted by the name of its environment, or as the only one there is', () => {
    const the = openCase();
    the.facts({ adHocFreezes: [freeze()] });

    expect(the.say('ada', 'lift the freeze: done').projections).toEqual([
      { type: 'freezes-lifted', freezeIds: ['C-8/2'], by: 'ada', reason: 'done' },
    ]);
    const lifted = the.say('ada', 'lift the freeze of mendix-prod: done');
    expect(lifted.projections).toMatchObject([{ type: 'freezes-lifted', freezeIds: ['C-8/2'] }]);
    expect(effectsOf(lifted, 'tell-case')).toMatchObject([{ caseId: 'C-8' }]);
    expect(the.say('anna', 'lift the freeze: done').reply.outcome).toBe('refused');
    expect(the.say('ada', 'lift the freeze').reply.outcome).toBe('invalid');
  });

  it('of several is named, or all are lifted', () => {
    const the = openCase();
    the.facts({ adHocFreezes: [freeze(), freeze({ id: 'C-7/2', environments: null })] });

    expect(the.say('ada', 'lift the freeze: done').reply.because).toContain('mendix-prod, every environment');
    expect(the.say('ada', 'unfreeze payroll: done').reply.because).toContain('No freeze names payroll');
    expect(the.say('ada', 'lift all freezes: done').projections).toMatchObject([{ freezeIds: ['C-8/2', 'C-7/2'] }]);
    expect(the.say('ada', 'lift the freeze of all: done').projections).toMatchObject([
      { freezeIds: ['C-8/2', 'C-7/2'] },
    ]);
  });

  it('that is none says where the calendar is changed', () => {
    expect(openCase().say('ada', 'lift the freeze: done').reply.because).toContain('“freezes”');
  });

  it('that was lifted shows so on its old cards', () => {
    const the = openCase();
    the.say('ada', 'freeze mendix-prod until friday 18:00: go-live');

    const shown = the.happen({
      type: 'control-lifted',
      control: { kind: 'freeze', ...freeze({ id: 'C-1/1' }) },
      by: 'ada',
      at: monday,
      reason: 'done',
    });

    expect(cardOf(shown, 'control', 'control-1').headline).toBe('mendix-prod is no longer frozen');
  });
});
