import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/flows/event.ts';
import type { LiveDraft } from '../../src/flows/state.ts';
import {
  atApproval,
  atForm,
  atPlan,
  cardOf,
  type Case,
  connectAt,
  effectsOf,
  hub,
  messageOf,
  messages,
  monday,
  openCase,
  spoke,
  whereIs,
} from './cases.ts';

const inTeams: Place = { platform: 'teams', conversation: 'general', thread: '7' };

function draftsAfter(the: Case): readonly LiveDraft[] | undefined {
  return the.last.projections.find((projection) => projection.type === 'drafts-changed')?.after;
}

/** A draft of Rosa's that stands in another thread. */
function elsewhere(changes: Partial<LiveDraft> = {}): LiveDraft {
  const { draft } = connectAt(atForm(), 'asking');
  return { caseId: 'C-0', place: inTeams, draft, at: monday, ...changes };
}

describe('a draft', () => {
  it('is kept while it is one, and changes with the answers', () => {
    const the = openCase();

    the.say('rosa', 'connect mendix-prod to hub-vnet');
    expect(draftsAfter(the)).toMatchObject([{ caseId: 'C-1', draft: { networks: [hub.id], apps: [] } }]);
    the.say('rosa', 'apps orders');

    expect(draftsAfter(the)).toMatchObject([{ draft: { apps: ['orders'] } }]);
  });

  it('is none any more when its plan waits for a decision, or when it was cancelled', () => {
    expect(draftsAfter(atApproval())).toEqual([]);

    const the = atForm();
    the.click('rosa', 'cancel');
    expect(draftsAfter(the)).toEqual([]);
  });

  it.each(['draft', 'my draft', 'continue my connection', 'go on with the draft'])(
    'opens from another channel by “%s”, with all answers, and the old place lets go',
    (words) => {
      const the = openCase({ drafts: [elsewhere()] });

      the.say('rosa', words, { platform: 'slack', conversation: 'C-TEAM', thread: '1' });

      expect(cardOf(the.last, 'connect-form')).toMatchObject({ network: hub.id, apps: 'orders' });
      expect(effectsOf(the.last, 'tell-case')).toMatchObject([
        { caseId: 'C-0', event: { type: 'draft-taken', person: 'rosa', to: { platform: 'slack' } } },
      ]);
      expect(draftsAfter(the)).toMatchObject([{ caseId: 'C-1', from: 'C-0' }]);
    },
  );

  it('is offered to its person who begins again, and says nothing of what is in it', () => {
    const the = openCase({ drafts: [elsewhere()] });

    the.say('rosa', 'connect mendix-prod to spoke-vnet for app hr');
    const form = cardOf(the.last, 'connect-form');
    expect(form).toMatchObject({ network: spoke.id, offer: expect.stringMatching(/from Mon 2 Mar 10:00 .* in Teams/) });
    expect(form.offer).not.toContain('orders');
    the.click('rosa', 'take-draft');

    expect(connectAt(the, 'asking').draft).toMatchObject({ networks: [hub.id], apps: ['orders'] });
    expect(draftsAfter(the)).toHaveLength(1);
  });

  it('is not offered to anybody else, and not when it is two weeks old', () => {
    const old = Temporal.Instant.from(monday)
      .subtract({ hours: 15 * 24 })
      .toString({ fractionalSecondDigits: 3 });
    const the = openCase({ drafts: [elsewhere({ at: old })] });

    the.say('rosa', 'connect mendix-prod to spoke-vnet for app hr');

    expect(cardOf(the.last, 'connect-form').offer).toBe('');
    expect(messageOf(the.last, 'connect').verbs).not.toContain('take-draft');
  });

  it('says so when there is none, and how to begin', () => {
    const the = openCase();

    the.say('rosa', 'draft');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('Write “connect”') });
    expect(messages(the.last)).toMatchObject([{ onlyFor: 'rosa' }]);
  });

  it('shows its own form again where it stands', () => {
    const the = atForm();

    the.say('rosa', 'draft');

    expect(cardOf(the.last, 'connect-form').apps).toBe('orders');
    expect(effectsOf(the.last, 'tell-case')).toEqual([]);
  });
});

describe('the case from which a draft was taken', () => {
  const taken = { type: 'draft-taken', person: 'rosa', to: inTeams } as const;

  it.each([
    ['the form', () => atForm()],
    ['the plan', () => atPlan()],
  ])('says at %s where it goes on, and offers nothing', (_where, begin) => {
    const the = begin();

    the.happen(taken);

    expect(cardOf(the.last, 'notice')).toMatchObject({ title: 'Moved', text: expect.stringContaining('in Teams') });
    expect(messageOf(the.last, 'connect').verbs).toEqual([]);
    the.click('rosa', 'connect-continue');
    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('goes on elsewhere') });
  });

  it('takes no click any more, also before it was told', () => {
    const { draft } = connectAt(atForm(), 'asking');
    const the = openCase({ state: connectAt(atForm(), 'asking'), drafts: [{ ...elsewhere({ from: 'C-1' }), draft }] });

    the.click('rosa', 'connect-continue');

    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('elsewhere') });
    expect(whereIs(the.state)).toBe('connect/asking');
  });

  it('keeps a plan that waits for its decision', () => {
    const the = atApproval();

    the.happen(taken);

    expect(whereIs(the.state)).toBe('connect/awaiting-approval');
    expect(the.last.effects).toEqual([]);
  });

  it('lets its person begin another one in the same thread', () => {
    const the = atForm();
    the.happen(taken);

    the.say('rosa', 'connect mendix-prod to spoke-vnet for app hr');

    expect(connectAt(the, 'asking').draft.networks).toEqual([spoke.id]);
  });
});
