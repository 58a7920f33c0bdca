/** Blocks of any size, and the three ways to hand some to the simulated Slack. */
import { type Answer, type Json, openStage, plain, triggerOf } from './stage.ts';

export function over(length: number) {
  return 'x'.repeat(length);
}
export function times(count: number, make: (index: number) => Json): Json[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
export function option(index: number): Json {
  return { text: plain(`Option ${index}`), value: `v${index}` };
}
export const picture = { image_url: 'https://example.com/a.png', alt_text: 'A picture' };
export function richText(...elements: Json[]): Json {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  };
}
export function table(rows: number, columns: number): Json {
  return {
    type: 'table',
    rows: times(rows, () => ({})).map(() => times(columns, () => ({ type: 'raw_text', text: 'x' }))),
  };
}
export function container(children: Json[], more: Json = {}): Json {
  return {
    type: 'container',
    title: plain('Details'),
    child_blocks: children,
    ...more,
  };
}

export async function postBlocks(blocks: unknown, newerBlocks = true): Promise<Answer> {
  const { api, move } = await openStage();
  await move('settings', { newerBlocks });
  return api('chat.postMessage', { channel: 'C0TEAM', text: 'x', blocks });
}

export async function openView(view: Json): Promise<Answer> {
  const stage = await openStage();
  return stage.api('views.open', { trigger_id: await triggerOf(stage), view });
}

export async function publish(blocks: Json[]): Promise<Answer> {
  const { api } = await openStage();
  return api('views.publish', { user_id: 'U0REQUESTER', view: { type: 'home', blocks } });
}
