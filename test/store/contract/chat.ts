import { describe, expect, it } from 'vitest';
import {
  appendChat,
  appendChatOnce,
  conversationsUnread,
  editChat,
  findChat,
  listChat,
  markSeen,
  type NewChatMessage,
  putFile,
  readFile,
} from '../../../src/store/chat.ts';
import type { Store } from '../../../src/store/store.ts';
import { at, type UseStores } from './stores.ts';

export function chatContract(stores: UseStores): void {
  describe('the transcript', () => {
    it('numbers new and edited messages in the order in which they can be seen', async () => {
      const { first } = stores();
      const seqs = [
        await append(first, message('m1', { messageKey: 'case/card' })),
        await append(first, message('m2')),
        await first.write((tx) => editChat(tx, 'm1', { ...content, revision: 2, text: 'edited' })),
      ];

      const [newest] = await listChat(first.read, 'team', 2);

      expect(seqs).toEqual([1, 2, 3]);
      expect(newest).toEqual({
        ...message('m1', { messageKey: 'case/card' }),
        seq: 3,
        revision: 2,
        text: 'edited',
      });
      expect((await findChat(first.read, 'case/card'))?.id).toBe('m1');
      expect(await findChat(first.read, 'unknown')).toBeNull();
      expect(await first.write((tx) => editChat(tx, 'unknown', content))).toBeNull();
    });

    it('shows once what two replicas are sent twice under one id', async () => {
      const { first, second } = stores();
      const texts = ['hello', 'hello again'];

      await Promise.all(
        [first, second].map((store, index) =>
          store.write((tx) => appendChatOnce(tx, message('m1', { text: texts[index] ?? '' }))),
        ),
      );
      await first.write((tx) => appendChatOnce(tx, message('m1', { text: 'hello a third time' })));

      const shown = await listChat(first.read, 'team', 0);
      expect(shown.map(({ id }) => id)).toEqual(['m1']);
      expect(texts).toContain(shown[0]?.text);
    });

    it('gives no number twice when two replicas write at the same moment', async () => {
      const { first, second } = stores();

      const seqs = await Promise.all(
        Array.from({ length: 12 }, (_, index) => append(index % 2 === 0 ? first : second, message(`m${index}`))),
      );

      expect(seqs.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    });

    it('counts what a person may see and has not, without their own', async () => {
      const { first } = stores();
      await append(first, message('m1'));
      await append(first, message('m2', { sender: 'requester' }));
      await append(first, message('m3', { onlyFor: 'requester' }));
      await append(first, message('m4', { onlyFor: 'agent' }));
      await append(first, message('m5', { conversation: 'support' }));
      function unread(): Promise<number> {
        return conversationsUnread(first.read, 'requester', 'team');
      }

      expect(await unread()).toBe(2);

      await first.write((tx) => markSeen(tx, 'requester', 'team', 1));
      expect(await unread()).toBe(1);
      await first.write((tx) => markSeen(tx, 'requester', 'team', 4));
      await first.write((tx) => markSeen(tx, 'requester', 'team', 2));

      expect(await unread()).toBe(0);
      expect(await conversationsUnread(first.read, 'agent', 'team')).toBe(3);
    });

    it('keeps files byte by byte', async () => {
      const { first, second } = stores();
      const file = { id: 'f1', name: 'trace.bin', bytes: new Uint8Array([0, 255, 10, 0]), at };
      await first.write((tx) => putFile(tx, file));

      const read = await readFile(second.read, 'f1');

      expect(read === null ? null : { ...read, bytes: new Uint8Array(read.bytes) }).toEqual(file);
      expect(await readFile(second.read, 'unknown')).toBeNull();
    });
  });
}

const content = { revision: 1, speaker: null, text: 'hello', card: null, verbs: ['go'], mention: ['agent'] };

function message(id: string, changes: Partial<NewChatMessage> = {}): NewChatMessage {
  return {
    ...content,
    id,
    conversation: 'team',
    thread: null,
    sender: 'causeway',
    onlyFor: null,
    messageKey: null,
    at,
    ...changes,
  };
}

function append(store: Store, one: NewChatMessage): Promise<number> {
  return store.write((tx) => appendChat(tx, one));
}
