/** Blocks on their way into a message or a view, each with the elements that it comes from. */
import type { Block } from './block.ts';
import type { Source } from './loss.ts';

export interface Placed {
  block: Block;
  sources: readonly Source[];
}

/** The blocks of one item; they are left out together when there is no room. */
export interface Group {
  /** `kept`: stays before other things when there is no room for all. */
  kind: 'body' | 'kept' | 'divider';
  placed: readonly Placed[];
}

export function body(placed: readonly Placed[]): Group {
  return { kind: 'body', placed };
}
