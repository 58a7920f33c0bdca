/** Links that the app registered, and what it hangs below them. */
import { expect, it } from 'vitest';
import { openStage, type Json, section, type Stage } from './stage.ts';

const url = 'https://support.example.com/agent/tickets/7';
const lines = { [url]: { blocks: [section('Ticket 7')] } };

async function share(stage: Stage, text = `See ${url} please`, channel = 'C0TEAM'): Promise<{ ts: string }> {
  return stage.move('say', { user: 'U0REQUESTER', channel, text });
}

function eventsOf({ received }: Stage): Json[] {
  return received.map(({ payload }) => payload['event'] as Json).filter((event) => event['type'] === 'link_shared');
}

it('tells of a link where nobody mentions the app, once for each', async () => {
  const stage = await openStage();

  const { ts } = await share(stage, `${url} and ${url} and https://other.example/agent/tickets/7`);

  expect(eventsOf(stage)).toMatchObject([
    {
      user: 'U0REQUESTER',
      channel: 'C0TEAM',
      message_ts: ts,
      source: 'conversations_history',
      is_bot_user_member: true,
      links: [{ domain: 'support.example.com', url }],
    },
  ]);
});

it('tells of no link that is not registered, and of none without the right', async () => {
  const stage = await openStage();

  await share(stage, 'https://notsupport.example.com/agent/tickets/7');
  await stage.move('settings', { scopes: ['chat:write'] });
  await share(stage);

  expect(stage.received).toEqual([]);
});

it('hangs below the message what the app says, in the place of what hung there', async () => {
  const stage = await openStage();
  const { ts } = await share(stage);

  const asked = { channel: 'C0TEAM', ts, unfurls: lines };
  expect(await stage.api('chat.unfurl', asked)).toMatchObject({ ok: true });
  expect(await stage.api('chat.unfurl', { ...asked, unfurls: JSON.stringify(lines) }, { form: true })).toMatchObject({
    ok: true,
  });

  const [message] = await stage.messages('C0TEAM');
  expect(message?.['attachments']).toMatchObject([
    { from_url: url, is_app_unfurl: true, blocks: [section('Ticket 7')] },
  ]);
});

it('knows a message by the name that the event gave it', async () => {
  const stage = await openStage();
  await share(stage);

  const id = eventsOf(stage)[0]?.['unfurl_id'];
  const done = await stage.api('chat.unfurl', { unfurl_id: id, source: 'conversations_history', unfurls: lines });

  expect(done).toMatchObject({ ok: true });
});

it.each<[string, Json, string]>([
  ['no channel', { channel: null }, 'missing_channel'],
  ['no message', { ts: null }, 'missing_ts'],
  ['a channel that is not there', { channel: 'C0NOWHERE' }, 'cannot_find_channel'],
  ['a message that is not there', { ts: '1700000000.000001' }, 'cannot_find_message'],
  ['nothing to show', { unfurls: null }, 'missing_unfurls'],
  ['a list', { unfurls: [] }, 'invalid_unfurls_format'],
  ['text that is no JSON', { unfurls: '{' }, 'invalid_unfurls_format'],
  ['a link with words alone', { unfurls: { [url]: 'words' } }, 'cannot_parse_attachment'],
  ['blocks that are none', { unfurls: { [url]: { blocks: [{ type: 'nothing' }] } } }, 'invalid_blocks'],
  ['a link that is not in it', { unfurls: { 'https://support.example.com/x': {} } }, 'cannot_unfurl_message'],
  ['a link of somebody else', { unfurls: { 'https://other.example/7': {} } }, 'cannot_unfurl_url'],
])('refuses %s', async (_what, change, error) => {
  const stage = await openStage();
  const { ts } = await share(stage, `${url} https://other.example/7`);

  const answer = await stage.api('chat.unfurl', { channel: 'C0TEAM', ts, unfurls: lines, ...change });

  expect(answer).toMatchObject({ ok: false, error });
});

it('takes nothing for a link whose event the app has not answered', async () => {
  const stage = await openStage();
  await stage.move('settings', { ackMs: 50 });
  stage.replies.push('never', 'never');
  const { ts } = await share(stage);

  expect(await stage.api('chat.unfurl', { channel: 'C0TEAM', ts, unfurls: lines })).toMatchObject({
    error: 'cannot_unfurl_url',
  });
});

it('takes nothing where no domain is registered, nor without the right', async () => {
  const stage = await openStage();
  const { ts } = await share(stage);

  await stage.move('settings', { unfurlDomains: [] });
  const unregistered = await stage.api('chat.unfurl', { channel: 'C0TEAM', ts, unfurls: lines });
  await stage.move('settings', { scopes: ['links:read'] });
  const forbidden = await stage.api('chat.unfurl', { channel: 'C0TEAM', ts, unfurls: lines });

  expect(unregistered).toMatchObject({ error: 'cannot_find_service' });
  expect(forbidden).toMatchObject({ error: 'missing_scope', needed: 'links:write' });
});
