/** Whom a message calls and where its links lead, wherever in it they stand. */
import { expect, it } from 'vitest';
import { actions, button, type Json, openStage, plain, section } from './stage.ts';

const nobody = { users: [], channels: [], broadcast: [] };

async function effects(message: Json): Promise<Json> {
  const { api, messages } = await openStage();
  await api('chat.postMessage', { channel: 'C0TEAM', ...message });
  const [posted] = await messages('C0TEAM');
  return { mentions: posted?.mentions, links: posted?.links };
}

function richText(...elements: Json[]): Json {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  };
}
const hostile = '<!channel> <@U0ADMIN> <#C0TEAM> <https://evil.example|portal.azure.com>';

it.each([
  ['the text', { text: hostile }],
  ['a section', { text: 'x', blocks: [section(hostile)] }],
  ['a field', { text: 'x', blocks: [{ type: 'section', fields: [plain('x'), { type: 'mrkdwn', text: hostile }] }] }],
  [
    'a context',
    { text: 'x', blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: hostile, verbatim: true }] }] },
  ],
  [
    'a question before an action',
    { text: 'x', blocks: [actions(button('b', { confirm: { text: { type: 'mrkdwn', text: hostile } } }))] },
  ],
  ['markdown', { text: 'x', blocks: [{ type: 'markdown', text: hostile }] }],
])('are found in %s', async (_name, message) => {
  expect(await effects(message)).toEqual({
    mentions: { users: ['U0ADMIN'], channels: ['C0TEAM'], broadcast: ['channel'] },
    links: [{ url: 'https://evil.example', label: 'portal.azure.com' }],
  });
});

it.each([
  [
    'plain text',
    { text: 'x', blocks: [{ type: 'header', text: plain(hostile) }, actions(button('b', { text: plain(hostile) }))] },
  ],
  ['the words of rich text', { text: 'x', blocks: [richText({ type: 'text', text: hostile })] }],
  ['a cell', { text: 'x', blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: hostile }]] }] }],
  [
    'an option',
    {
      text: 'x',
      blocks: [actions({ type: 'static_select', action_id: 's', options: [{ text: plain(hostile), value: hostile }] })],
    },
  ],
  [
    'escaped words',
    {
      text: hostile
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll(/https?:\/\//g, ''),
      blocks: [],
    },
  ],
])('are not found in %s', async (_name, message) => {
  expect(await effects(message)).toEqual({ mentions: nobody, links: [] });
});

it('are found in rich text that means them', async () => {
  const blocks = [
    richText(
      { type: 'user', user_id: 'U0ADMIN' },
      { type: 'channel', channel_id: 'C0TEAM' },
      { type: 'usergroup', usergroup_id: 'S0NET' },
      { type: 'broadcast', range: 'here' },
      { type: 'link', url: 'https://example.com/a', text: 'Ticket' },
    ),
  ];

  expect(await effects({ text: 'x', blocks })).toEqual({
    mentions: { users: ['U0ADMIN'], channels: ['C0TEAM'], broadcast: ['subteam:S0NET', 'here'] },
    links: [{ url: 'https://example.com/a', label: 'Ticket' }],
  });
});

it('are made out of bare words, unless the text is verbatim', async () => {
  const text = 'see https://example.com/a?b=1&amp;c=2, @here in #team';

  expect(await effects({ text })).toEqual({
    mentions: { users: [], channels: ['C0TEAM'], broadcast: ['here'] },
    links: [{ url: 'https://example.com/a?b=1&c=2,', label: 'https://example.com/a?b=1&c=2,' }],
  });
  expect(
    await effects({ text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] }),
  ).toEqual({
    mentions: nobody,
    links: [],
  });
});

it('name the target of a button, and a markdown link', async () => {
  const blocks = [
    actions(button('b', { url: 'https://example.com/t/1', text: plain('Open') })),
    { type: 'markdown', text: '[portal](https://evil.example)' },
  ];

  expect((await effects({ text: 'x', blocks }))['links']).toEqual([
    { url: 'https://example.com/t/1', label: 'Open' },
    { url: 'https://evil.example', label: 'portal' },
  ]);
});

it('are shown for whispers too', async () => {
  const { api, world } = await openStage();

  await api('chat.postEphemeral', { channel: 'C0TEAM', user: 'U0ADMIN', text: '<!everyone> <!subteam^S0NET|net>' });

  expect((await world()).ephemeral[0]?.mentions.broadcast).toEqual(['everyone', 'subteam:S0NET']);
});
