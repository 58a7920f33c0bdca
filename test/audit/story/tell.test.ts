import { describe, expect, it } from 'vitest';
import type { Story } from '../../../src/audit/story/model.ts';
import { connectCase, connectEntries } from '../connect-case.ts';
import { pageOf, tell } from '../opened.ts';

/** The story as somebody reads it aloud. */
function aloud({ chapters }: Story): string[] {
  return chapters.flatMap(({ title, moments }) => [
    `# ${title}`,
    ...moments.map(({ who, text, quote, notes }) =>
      [
        `${who} ${text}`,
        ...(quote === null ? [] : [quote]),
        ...notes.map(({ label, lines }) => `${label}: ${lines.join(' | ')}`),
      ].join(' / '),
    ),
  ]);
}

describe('a connection', () => {
  const story = tell(connectEntries);

  it('is told from the wish to the proof', () => {
    expect(aloud(story)).toEqual([
      '# The wish',
      'Rosa Rivera wrote in team in Teams: / connect mendix-prod to hub-vnet <script>alert(1)</script> / Understood: Apps: orders | Environment: mendix-prod',
      'Causeway posted in team in Teams: / Which network?',
      '# The method and the plan',
      'Causeway read what the plan depends on in Azure (1 network). / Method that fits: peering, because: Nothing overlaps. (row method 11; The document, Peering, 2025-11-06) / Planned: 1 change, by peering; plan ffffffffffff',
      '# The decision',
      'Rosa Rivera pressed “Ask approval” in on-call in Teams. / Then: Anna Abel was asked to decide.',
      'Causeway posted in on-call in Teams, to Anna Abel: / Rosa Rivera asks for approval.',
      'Rosa Rivera pressed “Approve” in on-call in Teams. / Answer: refused: You asked for this plan, so somebody else has to decide.',
      'Anna Abel pressed “Approve” in on-call in Teams. / Decision: approved by Anna Abel / Then: The plan was handed over to be carried out.',
      '# The work',
      'Causeway carried out the plan to its end.',
      '# The proof',
      'Causeway looked at what stands there now. / Read: ✓ hub-vnet says: Connected. / Computed: ✓ orders.example leads to 10.0.0.4. / Observed: ',
    ]);
  });

  it('has its short version, and does not call something working that nobody has seen', () => {
    expect(story.facts).toEqual([
      { label: 'Asked by', text: 'Rosa Rivera', tone: 'plain' },
      { label: 'First words', text: expect.stringContaining('connect mendix-prod'), tone: 'plain' },
      { label: 'How it ended', text: 'Set up, not yet tried', tone: 'open' },
      { label: 'Plan', text: '1 change, by peering', tone: 'plain' },
      { label: 'Decision', text: 'Approved by Anna Abel', tone: 'good' },
      { label: 'Written in Azure', text: '1 change', tone: 'good' },
      { label: 'Proof', text: '1 read, 1 computed, 0 observed', tone: 'plain' },
    ]);
  });

  it('says who decided, by which right, as whom the platform knew them, and who was refused', () => {
    expect(story.decisions).toMatchObject([
      {
        status: 'approved',
        decidedBy: 'Anna Abel',
        authority: 'role approver; on call and asked; known to Teams as Entra object object-7 of tenant tenant-1',
        refused: [{ who: 'Rosa Rivera', because: expect.stringContaining('somebody else has to decide') }],
      },
    ]);
  });

  it('shows each write with what was sent and what Azure answered', () => {
    expect(story.writes).toMatchObject([
      {
        title: 'Peer hub-vnet with mendix-prod-vnet',
        status: 'done',
        request: expect.stringContaining('mendix-prod-vnet'),
        answer: JSON.stringify({ peeringState: 'Connected' }, null, 2),
        requests: ['PUT, answered 201: correlation id corr-1, request id req-1'],
        etag: 'W/"1"',
      },
    ]);
  });

  it('shows the plan with each step before and after', () => {
    expect(story.plans).toMatchObject([
      {
        hash: 'f'.repeat(64),
        steps: [
          { change: 'create', before: { words: 'nothing there' }, after: { json: expect.stringContaining('remote') } },
        ],
      },
    ]);
  });

  it('keeps every edit apart from the story', () => {
    expect(story.messages.map(({ name, revision, text }) => `${name} ${revision} ${text}`)).toEqual([
      'connect 1 Which network?',
      'approval-plan-3 1 Rosa Rivera asks for approval.',
      'connect 2 Connected.',
    ]);
  });

  it('names buttons and fields as the card had them', () => {
    const words = {
      lines: ['Approve?'],
      buttons: { 'ask-approval': 'Ask for approval' },
      inputs: { why: { label: 'Why?', choices: { x: 'Because' } } },
    };
    const event = {
      person: 'rosa',
      verb: 'ask-approval',
      message: `${connectCase}/connect`,
      inputs: { why: 'x', other: '' },
    };
    const [, , click] = connectEntries;
    const { chapters, decisions } = tell([...connectEntries.slice(0, 2), ['clicked', { ...click?.[1], event }]], words);

    expect(chapters.at(-1)?.moments.at(-1)).toMatchObject({
      text: expect.stringContaining('pressed “Ask for approval”'),
      notes: expect.arrayContaining([{ label: 'With', lines: ['Why? Because'] }]),
    });
    expect(decisions).toEqual([]);
  });
});

describe('what is not as it should be', () => {
  it('is told as erased, when it was', () => {
    const story = tell([...connectEntries.slice(0, 2), ['clicked', null]]);

    expect(story.erased).toEqual([3]);
    expect(aloud(story).at(-1)).toContain('erased since');
  });

  it('is told as erased once, with who did it and why, in the story and on the page', () => {
    const erasure = { by: 'ops', because: 'Rosa asked for it', scope: 'all', entries: [2, 3] };
    const entries = [connectEntries[0], ['said', null], ['clicked', null], ['payloads-erased', erasure]] as Parameters<
      typeof tell
    >[0];
    const story = tell(entries);

    expect(aloud(story).slice(-3)).toEqual([
      expect.stringContaining('was erased since ('),
      'Causeway recorded something that was erased since.',
      'ops erased the words of 2 moments, because: / Rosa asked for it',
    ]);
    expect(story.erasures).toMatchObject([{ seq: 4, by: 'ops', entries: [2, 3] }]);
    expect(pageOf(entries)).toMatch(
      /The content of entries 2 to 3 was erased on .*, by ops, because: Rosa asked for it/,
    );
  });

  it('is told by its plain values, when it came with a later version', () => {
    const story = tell([
      [
        'stopped-by-switch',
        { event: { type: 'stopped-by-switch', reason: 'freeze', deep: {} }, flow: 'connect', state: 'on-hold' },
      ],
    ]);

    expect(aloud(story)).toEqual(['# On hold', 'Causeway recorded: stopped by switch. / Details: Reason: freeze']);
  });

  it.each([[{}], [{ event: 7, changed: [], projections: 'x', effects: {}, people: [1], writes: 3 }]])(
    'does not keep the rest from being told: %j',
    (payload) => {
      const types = [
        'said',
        'clicked',
        'message-sent',
        'step-changed',
        'plan-finished',
        'verified',
        'ticket-read',
        'event-not-taken',
      ];

      expect(() => tell(types.map((type) => [type, payload] as const))).not.toThrow();
    },
  );

  it('is told as not taken, also when its case never began', () => {
    const note = { event: { type: 'said', text: 'prod is down' }, because: 'unreadable people' };
    const story = tell([['event-not-taken', { of: 'case-lost', note }]]);

    expect(aloud(story).at(-1)).toBe('Causeway could not take an event of type said: unreadable people / prod is down');
  });
});
