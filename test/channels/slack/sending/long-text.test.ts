/** Words that are more than a message holds. */
import { describe, expect, it } from 'vitest';
import { openHouse, team, wordsOf } from './house.ts';

const key = 'case-1/comment';
const lines = Array.from({ length: 500 }, (_, index) => `Line ${index} of what the agent wrote <b>`).join('\n');

describe('words that are too long', () => {
  it('begin in the message and stand in a file below it', async () => {
    const house = await openHouse();

    const platformId = await house.post({ key, content: wordsOf(lines, 'Sam (support)') });

    const [message, file, ...others] = await house.written(team);
    const { files } = await house.world();
    expect(others).toEqual([]);
    expect(JSON.stringify(message?.blocks)).toContain('Line 0 of');
    expect(JSON.stringify(message?.blocks)).toMatch(/more lines/);
    expect(file?.thread_ts).toBe(platformId);
    expect(files).toMatchObject([{ name: 'causeway-case-1-comment.txt', text: `${lines}\n` }]);
  });

  it('have the file in the thread in which they were said', async () => {
    const house = await openHouse();
    const thread = await house.post({ key: 'case-1/connect' });

    await house.post({ key, content: wordsOf(lines), place: { platform: 'slack', conversation: team, thread } });

    expect((await house.written()).map((message) => message.thread_ts)).toEqual([thread, thread, thread]);
  });

  it('go out as several messages where the app may not send files', async () => {
    const house = await openHouse();
    await house.without('files:write');

    const platformId = await house.post({ key, content: wordsOf(lines) });

    const [, ...parts] = await house.written();
    const said = parts.map(({ blocks }) => JSON.stringify(blocks)).join('');
    expect(parts.length).toBeGreaterThan(1);
    expect(new Set(parts.map(({ thread_ts }) => thread_ts))).toEqual(new Set([platformId]));
    expect(
      Array.from({ length: 500 }, (_, index) => index).filter((index) => !said.includes(`Line ${index} of`)),
    ).toEqual([]);
  });

  it('do not send what was sent already, when they are tried again', async () => {
    const house = await openHouse();
    const platformId = await house.post({ key, content: wordsOf(lines) });

    await house.post({ key, content: wordsOf(lines), platformId });

    expect((await house.world()).files).toHaveLength(1);
  });

  it('go on where a try stopped', async () => {
    const house = await openHouse();
    await house.fault('500', '/api/files.completeUploadExternal');
    await expect(house.post({ key, content: wordsOf(lines) })).rejects.toThrow(/tried again/);

    await house.post({ key, content: wordsOf(lines), mayHaveBeenSent: true });

    expect((await house.world()).files).toHaveLength(1);
    expect(await house.written()).toHaveLength(2);
  });

  it('for one person alone go to their direct messages, where a file can follow', async () => {
    const house = await openHouse();

    await house.post({ key, content: wordsOf(lines), onlyFor: 'requester' });

    expect(await house.written(team)).toEqual([]);
    expect(await house.written('D0REQUESTER')).toHaveLength(2);
    expect((await house.world()).ephemeral).toEqual([]);
  });

  it('send the bot’s token to nobody who only takes files', async () => {
    const house = await openHouse();

    await house.post({ key, content: wordsOf(lines) });

    const uploads = (await house.requests()).filter(({ path }) => path.startsWith('/upload/'));
    expect(uploads).toHaveLength(1);
    expect(JSON.stringify(uploads)).not.toContain('xoxb');
  });
});
