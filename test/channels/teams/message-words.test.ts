import { describe, expect, it } from 'vitest';
import { wordsOfMessage } from '../../../src/channels/teams/message-words.ts';

function wordsOf(content: string): string {
  return wordsOfMessage({ id: null, linkToMessage: null, from: null, body: { contentType: 'html', content } });
}

describe('the words of a message in Teams', () => {
  it('are kept without their marks, line by line', () => {
    const html =
      '<p>It is\n   <b>down</b>,<br>since <i>10:00</i></p><p><img src="https://x.example"></p><p>&lt;urgent&gt;</p>';

    expect(wordsOf(html)).toBe('It is down,\nsince 10:00\n[picture]\n<urgent>');
  });

  it.each([' ', '<br ', '<img ', '<a', '&#'])('are read however often “%s” comes in it', (unit) => {
    expect(wordsOf(`${unit.repeat(100_000 / unit.length)}x`)).toContain('x');
  });

  it.each(['<!--', '<script ', '<STYLE ', '<title\n'])('are read however often “%s” begins and never ends', (unit) => {
    expect(wordsOf(`${unit.repeat(2_000_000 / unit.length)}x`)).toContain('x');
  });

  it('leave out what nobody sees, and nothing else because an end is missing', () => {
    const html =
      'a<!-- b <script> -->c<script>d</SCRIPT >e<title>f</title>g<!-- h<style>i</style>j<scripts>k</scripts>';

    expect(wordsOf(html)).toBe('aceg<!-- hjk');
  });
});
