/** One decision, many copies: whoever decides on one platform has decided on all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  offersIn as offersInSlack,
  verbsOf as slackVerbs,
  wordsOf as slackWords,
} from '../../slack/contract/slack-client.ts';
import { cardOf, verbsOf as teamsVerbs, wordsOf as teamsWords } from '../../teams/contract/teams-client.ts';
import { type House, openHouse, slackOnCall, slackTeam, teamsGeneral, teamsOnCall } from './house.ts';
import {
  askInSlack,
  askInTeams,
  copyInSlack,
  copyInTeams,
  copyOnPage,
  isIn,
  joinInSlack,
  joinInTeams,
  pageSays,
  slackSays,
  teamsSays,
} from './request.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse({ mode: 'start' });
}, 60_000);

afterAll(async () => {
  await house.close();
});

const words = 'application/vnd.microsoft.activity.message';
const timeout = 60_000;

describe('a request', { timeout }, () => {
  it('made in Slack and approved in Teams is approved in every copy, and is carried out in its thread', async () => {
    const { page, slack, teams } = house;
    const asked = await askInSlack(house, 'connect mendix-prod to hub-vnet for app orders');
    const onPage = await copyOnPage(house, asked.hash, 'on-call', 'approver-2');
    const inPrivate = await copyOnPage(house, asked.hash, 'dm-approver-1', 'approver-1');

    const own = await teams.press('requester', asked.teams, 'approve');
    const stranger = await teams.press('outsider', asked.teams, 'approve');
    const yes = await teams.press('approver-1', asked.teams, 'approve');

    expect(own.body).toMatchObject({ type: words, value: expect.stringContaining('somebody else') as unknown });
    expect(stranger.body).toMatchObject({ type: words, value: expect.stringContaining('role approver') as unknown });
    expect(yes.status).toBe(200);
    const decided = /Decided [\w ]+ \d\d:\d\d \([\w/]+\): approved by Anna Approver/;
    const copies = await Promise.all([
      teamsSays(house, asked.teams, 'approved by Anna').then((copy) => [teamsWords(copy), teamsVerbs(cardOf(copy))]),
      slackSays(house, asked.slack, 'approved by Anna').then((copy) => [slackWords(copy), slackVerbs(copy)]),
      pageSays(house, onPage, 'approved by Anna', 'on-call', 'approver-2').then(({ card }) => [
        JSON.stringify(card),
        [],
      ]),
      pageSays(house, inPrivate, 'approved by Anna', 'dm-approver-1', 'approver-1').then(({ card }) => [
        JSON.stringify(card),
        [],
      ]),
    ]);
    for (const [said, verbs] of copies) {
      expect(said).toMatch(decided);
      expect(verbs).toEqual([]);
    }

    await slack.pressOld('approver-2', asked.slack, 'approve');
    const late = await page.press('approver-2', 'on-call', onPage, 'reject', { reason: 'Too late' });
    expect(slackWords(await slack.whispered('approver-2', 'approved by Anna Approver'))).toMatch(decided);
    expect(late).toMatchObject({ outcome: 'already-decided', because: expect.stringMatching(decided) as unknown });
    await slack.heard('the proof', offersInSlack(slackTeam, 'judge-output', asked.thread));
    expect(JSON.stringify(asked.teams)).toContain('https://slack.com/app_redirect?channel=C0TEAM&team=T0CAUSEWAY');
  });

  it('made in Teams and approved in Slack is approved in Teams, where a late press is answered calmly', async () => {
    const { slack, teams } = house;
    const asked = await askInTeams(house, 'connect mendix-acc to hub-vnet for app orders');
    const stale = cardOf(asked.teams).actions?.find(({ verb }) => verb === 'reject')?.data;

    await slack.press('requester', asked.slack, 'approve');
    await joinInSlack(house, 'U0NEWCOMER');
    await slack.pressOld('U0NEWCOMER', asked.slack, 'approve');
    const own = await slack.whispered('requester', 'somebody else');
    const unknown = await slack.whispered('U0NEWCOMER', 'Ada Admin');
    await slack.press('approver-2', asked.slack, 'approve');

    await slackSays(house, asked.slack, 'approved by Ben Approver');
    await teamsSays(house, asked.teams, 'approved by Ben Approver');
    const late = await teams.act('execute', 'approver-1', {
      message: asked.teams.id,
      verb: 'reject',
      data: stale ?? {},
    });
    expect([own.channel, unknown.channel]).toEqual([slackOnCall, slackOnCall]);
    expect(slackWords(unknown)).not.toContain('hub-vnet');
    expect(JSON.stringify(late.body?.value)).toMatch(/Decided .* approved by Ben Approver/);
  });

  it('for which a change is asked in Teams is answered in Slack, and the answer stands in Teams', async () => {
    const { slack, teams } = house;
    const asked = await askInSlack(house, 'connect mendix-acc to hub-vnet for app hr');

    await teams.press('approver-1', asked.teams, 'ask-change', { reason: 'Why not Private Link?' });
    const wish = await slack.heard('the question', offersInSlack(slackTeam, 'keep-plan', asked.thread));
    await slackSays(house, asked.slack, 'Why not Private Link?');
    await slack.fill('requester', wish, 'keep-plan', { reason: 'hr calls back into our network' });

    expect(slackWords(wish)).toContain('Anna Approver asks for a change');
    const answered = await teamsSays(house, asked.teams, 'hr calls back into our network');
    expect(teamsVerbs(cardOf(answered))).toContain('approve');
    const told = await teams.heard(
      'the answer to whoever asked',
      (message) => isIn(teamsOnCall, message) && message.text?.includes('keep it as it is: “hr calls back') === true,
    );
    expect(told.entities?.[0]?.mentioned.name).toBe('Anna Approver');
    await teams.press('approver-1', answered, 'reject', { reason: 'Only a test' });
    await slackSays(house, asked.slack, 'rejected by Anna Approver');
  });

  it('cannot be approved in Slack once all changes were stopped in Teams, and can when they are allowed again', async () => {
    const { slack, teams } = house;
    const asked = await askInTeams(house, 'connect mendix-acc to hub-vnet for app billing');

    await teams.say('requester', 'stop all changes: I would like to', { in: teamsGeneral });
    await teams.say('admin', 'stop all changes: the network is being moved', { in: teamsGeneral });
    await slack.heard(
      'the stop in the on-call channel of Slack',
      (message) => message.channel === slackOnCall && slackWords(message).includes('the network is being moved'),
    );
    await slack.press('approver-1', asked.slack, 'approve');
    const refusal = await slack.whispered('approver-1', 'Nothing can be approved now');
    await slack.say('admin', 'allow changes again: the move is over', { channel: slackTeam });
    await teams.heard(
      'the release in Teams',
      (message) => isIn(teamsOnCall, message) && message.text?.includes('the move is over') === true,
    );
    await slack.press('approver-1', asked.slack, 'approve');

    expect(slackWords(refusal)).toMatch(/Ada Admin stopped all changes .*the network is being moved/);
    await teamsSays(house, asked.teams, 'approved by Anna Approver');
  });

  it('is no business of somebody from another company, on either platform', async () => {
    const { slack, teams } = house;
    const asked = await askInSlack(house, 'connect mendix-acc to hub-vnet for app crm');
    await joinInTeams(house, 'guest', '99999999-7d5c-4d39-9b0a-2c1e8f4a7b10');
    await slack.share(slackOnCall, 'U0FOREIGN');

    const guest = await teams.press('guest', asked.teams, 'approve');
    await slack.pressOld('U0FOREIGN', asked.slack, 'approve');

    await slack.whispered('U0FOREIGN', 'not a member of this workspace');
    expect(JSON.stringify(guest.body)).not.toContain('hub-vnet');
    expect(guest.body).toMatchObject({ value: expect.stringContaining('I do not know you') as unknown });
    expect(teamsVerbs(cardOf(await copyInTeams(house, asked.hash)))).toContain('approve');
    await teams.press('approver-1', asked.teams, 'reject', { reason: 'Only a test' });
    await teamsSays(house, asked.teams, 'rejected by Anna Approver: “Only a test”');
  });
});

describe('a request in production, where private chats are on the platforms', { timeout }, () => {
  let serving: House;

  beforeAll(async () => {
    serving = await openHouse({
      mode: 'serve',
      // Sam has Slack alone.
      people: { agent: { entra: null, roles: ['approver'] } },
      onCall: ['approver-1', 'agent', 'approver-2'],
      settings: {
        approvals: [
          { environments: ['mendix-acc'], rotation: 'network' },
          { rotation: 'network', count: 2 },
        ],
      },
    });
  }, 60_000);

  afterAll(async () => {
    await serving.close();
  });

  it('that needs two is decided by one in Teams and one in Slack, each in their own chat', async () => {
    const { slack, teams } = serving;
    const asked = await askInSlack(serving, 'connect mendix-prod to hub-vnet for app orders');
    const ofAnna = await copyInTeams(serving, asked.hash, await teams.chatOf('approver-1'));
    const ofSam = await copyInSlack(serving, asked.hash, 'D0AGENT');

    await teams.press('approver-1', ofAnna, 'approve');
    const half = await slackSays(serving, ofSam, '1 of 2 has said yes: Anna Approver');
    const twice = await slack.press('approver-1', await slackSays(serving, asked.slack, '1 of 2'), 'approve');
    const told = await slack.whispered('approver-1', '1 of 2 has said yes');
    await slack.press('agent', half, 'approve');

    expect(twice.status).toBe(200);
    expect(told.channel).toBe(slackOnCall);
    const both = 'approved by Anna Approver and Sam Support';
    await Promise.all([
      teamsSays(serving, ofAnna, both),
      teamsSays(serving, asked.teams, both),
      slackSays(serving, ofSam, both),
      slackSays(serving, asked.slack, both),
    ]);
  });

  it('that is handed over in Teams is asked of the next one where they are: in Slack', async () => {
    const { slack, teams } = serving;
    const asked = await askInTeams(serving, 'connect mendix-acc to hub-vnet for app orders');
    const ofAnna = await copyInTeams(serving, asked.hash, await teams.chatOf('approver-1'));

    await teams.press('approver-1', ofAnna, 'hand-over');
    const ofSam = await copyInSlack(serving, asked.hash, 'D0AGENT');
    await teamsSays(serving, asked.teams, 'handed it over to Sam Support');

    expect(slackWords(ofSam)).toContain('Anna Approver handed it over to you');
    const nudge = await slack.heard('the nudge', ({ channel, text }) => {
      return channel === 'D0AGENT' && text.includes('handed this decision over to you');
    });
    expect(nudge.mentions.users).toEqual([]);
    await slack.press('agent', await copyInSlack(serving, asked.hash, 'D0AGENT'), 'approve');
    await Promise.all([
      teamsSays(serving, ofAnna, 'approved by Sam Support'),
      slackSays(serving, asked.slack, 'approved by Sam Support'),
    ]);
  });

  /** The watchdog looks every twenty seconds. */
  it('waits for the end of a freeze that was ordered in Slack without one, and begins when it is lifted in Teams', {
    timeout: 90_000,
  }, async () => {
    const { slack, teams } = serving;
    await slack.say('admin', 'freeze mendix-acc until lifted: an audit is on', { channel: slackTeam });
    await teams.heard('the freeze', (message) => teamsWords(message).includes('an audit is on'));
    // Another network than before: that plan may still be at work, and would void this one.
    const asked = await askInTeams(serving, 'connect mendix-acc to data-vnet for app billing');
    await slack.press('approver-1', asked.slack, 'approve');

    const held = await teamsSays(serving, asked.teams, 'approved by Anna Approver');
    expect(teamsWords(held)).toContain('Nothing is written yet. There is a freeze without a set end: an audit is on');
    await teams.say('admin', 'lift the freeze of mendix-acc: the audit is over', { in: teamsGeneral });
    await slack.heard('the release in Slack', (message) => slackWords(message).includes('the audit is over'));

    await expect
      .poll(async () => teamsWords(await copyInTeams(serving, asked.hash)), { timeout: 60_000 })
      .toMatch(/Running|It was carried out|being checked/);
  });
});
