/** What somebody may write to make the bot call people, disguise a link or show a picture in their name. */
export const hostile: readonly (readonly [string, string])[] = [
  ['a call of the channel', '<!channel> <!here> <!everyone> @channel @here @everyone'],
  ['a call of a group', '<!subteam^S0GROUP|@group>'],
  ['a call of a person', '<@U0ADMIN> and <@U0ADMIN|somebody>'],
  ['a channel', '<#C0ONCALL> and <#C0ONCALL|general> and #on-call'],
  ['a disguised link', '<https://evil.example|https://portal.azure.com> <mailto:a@evil.example|mail>'],
  ['a Markdown link', '[portal.azure.com](https://evil.example) ![x](https://evil.example/x.png)'],
  ['a date', '<!date^1392734382^{date}^https://evil.example|now>'],
  ['escapes', '&lt;!channel&gt; &amp;lt;!here&amp;gt; &#60;!channel&#62;'],
  ['markup', '*bold* _it_ ~gone~ `code` ```block``` > quote :tada:'],
  ['a split mention', '<!chan\u200Bnel> <\u202E!here>'],
  ['a call across lines', '<\n!channel> <!chan\nnel> <@U0ADMIN\n>'],
  ['a call inside markup', '*<!channel>* `<!here>` _<@U0ADMIN>_ > <!everyone>'],
];

/** What a message or a form as the simulated Slack tells of it. */
interface Seen {
  mentions?: { users: string[]; channels: string[]; broadcast: string[] } | undefined;
  links?: { url: string; label: string }[] | undefined;
}

/** Whom it calls, and which links into a stranger's place hide where they lead. */
export function harm({ mentions, links }: Seen): unknown {
  const disguised = (links ?? []).filter(
    ({ url, label }) => label !== url && isStrange(url) && !label.includes('evil.example'),
  );
  return { mentions: { users: [], channels: [], broadcast: [], ...mentions }, disguised };
}

function isStrange(url: string): boolean {
  return !url.startsWith('https://') || new URL(url).hostname.endsWith('evil.example');
}

export const noHarm = { mentions: { users: [], channels: [], broadcast: [] }, disguised: [] };
