/** The App Home: what the bot can do for whoever opens it, and where to begin. */
import { z } from 'zod/v4';
import { placeTokens } from '../../cards/actions.ts';
import { toBlockKit } from '../../cards/block-kit/to-block-kit.ts';
import { fillCard } from '../../cards/fill.ts';
import { helpContent } from '../../flows/help.ts';
import type { SlackPerson } from './deps.ts';
import type { OutDeps } from './parts.ts';

const Published = z.object({ view: z.object({ id: z.string() }) });

/** Its buttons carry no token: they belong to no message, and whoever presses one begins something new. */
export async function showHome(
  { api }: Pick<OutDeps, 'api'>,
  people: readonly SlackPerson[],
  user: string,
  person: SlackPerson | null,
): Promise<void> {
  const { card, verbs } = helpContent(person, people);
  const filled = placeTokens(fillCard(card), verbs, () => '');
  const { blocks } = toBlockKit(filled, { markdown: false, surface: 'home' });
  await api.ask('views.publish', { user_id: user, view: { type: 'home', blocks } }, Published);
}
