/** `npm run bench`: what is measured side by side in one run, with ratios. Nothing is asserted here. */
import { benchConversation } from './conversation.ts';

await benchConversation();
