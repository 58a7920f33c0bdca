/**
 * New kinds of blocks reach workspaces one after the other. Where one is refused, the message goes out once more with
 * blocks that Slack has had for years, and so do the next ones for a day. Where those are refused as well, its words go
 * out without any: whoever reads them can still answer by typing.
 */
import { cutText } from '../../cards/text.ts';
import { BadBlocks } from './errors.ts';
import type { OutDeps } from './parts.ts';
import type { Rendered } from './render.ts';

const quietHours = 24;

/** @param render with older blocks only when it is told so */
export async function withOlderBlocks<Value>(
  { log, memory }: Pick<OutDeps, 'log' | 'memory'>,
  render: (olderBlocks: boolean) => Rendered,
  send: (rendered: Rendered) => Promise<Value>,
): Promise<Value> {
  const newest = render(await memory.lacks('newer-blocks', quietHours));
  const first = await unlessRefused(() => send(newest));
  if (first !== null) {
    return first.value;
  }
  const older = render(true);
  const second = await unlessRefused(() => send(older));
  if (second === null) {
    log('Slack takes no blocks of a message; its words go out alone', { text: older.text.slice(0, 80) });
    return send(wordsOf(older));
  }
  if (JSON.stringify(older.blocks) !== JSON.stringify(newest.blocks)) {
    await memory.rememberLack('newer-blocks');
  }
  return second.value;
}

async function unlessRefused<Value>(send: () => Promise<Value>): Promise<{ value: Value } | null> {
  try {
    return { value: await send() };
  } catch (error) {
    if (error instanceof BadBlocks) {
      return null;
    }
    throw error;
  }
}

const typeInstead = 'Slack did not take the buttons of this message. Write “help” to see what to type instead.';
/** Slack takes no longer text in an edit. */
const maxText = 3_900;

function wordsOf({ blocks, isCut, text }: Rendered): Rendered {
  const hint = JSON.stringify(blocks).includes('"type":"actions"') ? `\n\n${typeInstead}` : '';
  return { text: `${cutText(text, maxText - hint.length)}${hint}`, blocks: [], isCut };
}
