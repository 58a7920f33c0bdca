/** What the translator makes of a card, judged by the simulated Slack. */
import type { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { judgeMessageBlocks, judgeView } from '../../../src/simulators/slack/blocks/judge.ts';

/** Throws what Slack would refuse. */
export function judge({ blocks, modal }: ReturnType<typeof toBlockKit>): void {
  judgeMessageBlocks(blocks, true);
  if (modal !== null) {
    judgeView(modal, 'modal', true);
  }
}
