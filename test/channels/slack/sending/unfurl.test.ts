import { describe, expect, it } from 'vitest';
import { Refused } from '../../../../src/channels/slack/errors.ts';
import { unfurl } from '../../../../src/channels/slack/unfurl.ts';

const url = 'https://desk.example.com/agent/tickets/7';
const shared = {
  channel: 'C0TEAM',
  ts: '1790000000.000001',
  notes: new Map([
    [url, { headline: 'Ticket 7 · On Hold (<!channel> *now*)', lines: ['', 'x'.repeat(900)], at: null }],
  ]),
};

/** Slack's answers one after the other, then success. */
function slackSaying(refusals: string[], hasOutsiders = false) {
  const asked: Readonly<Record<string, unknown>>[] = [];
  const logged: string[] = [];
  const deps: Parameters<typeof unfurl>[0] = {
    api: {
      ask(_method, args, schema) {
        asked.push(args);
        const code = refusals.shift();
        return code === undefined
          ? Promise.resolve(schema.parse({ ok: true }) as never)
          : Promise.reject(new Refused(`Slack says ${code}.`, code));
      },
    },
    rooms: { hasOutsiders: () => Promise.resolve(hasOutsiders) },
    log: (message) => void logged.push(message),
  };
  return { asked, deps, logged };
}

describe('lines below a link', () => {
  it('are sent once more when Slack had not heard our answer yet', async () => {
    const { asked, deps, logged } = slackSaying(['cannot_unfurl_url']);

    await unfurl(deps, shared);

    expect(asked).toHaveLength(2);
    expect(logged).toEqual([]);
  });

  it.each([[['cannot_unfurl_url', 'cannot_unfurl_url'], 2] as const, [['cannot_find_message'], 1] as const])(
    'that Slack does not take (%j) are noted, and nothing else is done',
    async (refusals, times) => {
      const { asked, deps, logged } = slackSaying([...refusals]);

      await unfurl(deps, shared);

      expect(asked).toHaveLength(times);
      expect(logged).toHaveLength(1);
    },
  );

  it('are not sent where outsiders read along', async () => {
    const { asked, deps } = slackSaying([], true);

    await unfurl(deps, shared);

    expect(asked).toEqual([]);
  });

  it('call nobody, whatever the desk calls a status, and are short', async () => {
    const { asked, deps } = slackSaying([]);

    await unfurl(deps, shared);

    const sent = JSON.stringify(asked);
    expect(sent).not.toContain('mrkdwn');
    expect(sent).not.toContain('<!channel>');
    expect(sent.length).toBeLessThan(800);
  });
});
