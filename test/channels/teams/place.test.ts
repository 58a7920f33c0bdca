import { describe, expect, it } from 'vitest';
import {
  decodeConversation,
  decodePosted,
  encodeConversation,
  encodePosted,
  layoutOf,
} from '../../../src/channels/teams/place.ts';

describe('a conversation of Teams', () => {
  it.each([
    ['19:a@thread.tacv2;messageid=17', { conversation: '19:a@thread.tacv2', thread: '17' }],
    ['19:a@thread.tacv2', { conversation: '19:a@thread.tacv2', thread: null }],
    ['19:a@thread.tacv2;messageid=', { conversation: '19:a@thread.tacv2', thread: null }],
    ['a:1chat', { conversation: 'a:1chat', thread: null }],
  ])('%s is read into its place', (id, place) => {
    expect(decodeConversation(id)).toEqual(place);
  });

  it('comes back as it was when its layout has threads', () => {
    const id = '19:a@thread.tacv2;messageid=17';

    expect(encodeConversation(decodeConversation(id), 'threads')).toBe(id);
  });

  it('is never told of the threads that only we know', () => {
    expect(encodeConversation({ conversation: 'a:1chat', thread: '17' }, 'flat')).toBe('a:1chat');
  });

  it.each([
    [{ id: 'x', conversationType: 'channel' }, 'threads'],
    [{ id: 'x', conversationType: 'groupChat' }, 'flat'],
    [{ id: 'x', conversationType: 'personal' }, 'flat'],
    [{ id: '19:a@thread.tacv2' }, 'threads'],
    [{ id: 'channel;messageid=1' }, 'threads'],
    [{ id: '19:a@thread.v2', conversationType: null }, 'flat'],
  ] as const)('%o has the layout %s', (conversation, layout) => {
    expect(layoutOf(conversation)).toBe(layout);
  });
});

describe('the id of a message', () => {
  it.each([
    { activity: '17', elsewhere: null },
    { activity: '17-f1', elsewhere: 'a:1chat' },
  ])('%o comes back as it was', (posted) => {
    expect(decodePosted(encodePosted(posted))).toEqual(posted);
  });
});
