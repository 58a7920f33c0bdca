import { describe, expect, it } from 'vitest';
import { openHouse, until } from './house.ts';
import { directMessage, mention } from './payloads.ts';

describe('words of Slack', () => {
  it.each([
    ['people of the settings', 'ask <@U0APPROVER1> or <@U0APPROVER2|ben>', 'ask Anna Approver or Ben Approver'],
    ['others, by what they are called', 'ask <@U999|zoe> and <@U998>', 'ask @zoe and @U998'],
    ['channels', 'see <#C1|on-call> and <#C2>', 'see #on-call and #C2'],
    [
      'calls for everybody',
      '<!here> <!channel> <!subteam^S1|@network> <!subteam^S2>',
      '@here @channel @network @subteam',
    ],
    ['dates', 'since <!date^1700000000^{date}|14 November>', 'since 14 November'],
    [
      'names that look like links',
      'open <http://orders.azure.mendixapps.io|orders.azure.mendixapps.io>',
      'open orders.azure.mendixapps.io',
    ],
    [
      'links',
      '<https://portal.azure.com> <https://a.example/b|the page>',
      'https://portal.azure.com the page (https://a.example/b)',
    ],
    ['addresses', '<mailto:a@example.com|a@example.com>', 'a@example.com'],
    ['what was escaped', 'a &lt;b&gt; &amp;amp; c &lt;@U0APPROVER1&gt;', 'a <b> &amp; c <@U0APPROVER1>'],
    ['what nobody sees', 'con\u202Enect\u0000\u00A0it', 'connect it'],
  ])('become readable: %s', async (_what, said, heard) => {
    const house = await openHouse();

    await house.json(directMessage(said));
    await until(() => house.said.length > 0);

    expect(house.said[0]?.text).toBe(heard);
  });

  it('lose the bot’s name wherever it stands', async () => {
    const house = await openHouse();

    await house.json(mention('', { text: '<@U0CAUSEWAY>: connect it, <@U0CAUSEWAY|causeway>' }));
    await until(() => house.said.length > 0);

    expect(house.said[0]?.text).toBe('connect it,');
  });
});
