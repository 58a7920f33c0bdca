/** The App Home: what the bot can do for whoever opens it, and where to begin. */
import { z } from 'zod/v4';
import { placeTokens } from '../../cards/actions.ts';
import { toBlockKit } from '../../cards/block-kit/to-block-kit.ts';
import { fillCard } from '../../cards/fill.ts';
import type { CardContent } from '../../flows/card.ts';
import { helpContent } from '../../flows/help.ts';
import type { SlackPerson } from './deps.ts';
import type { OutDeps } from './parts.ts';

const Published = z.object({ view: z.object({ id: z.string() }) });

/** Its buttons carry no token: they belong to no message, and whoever presses one begins something new. */
export async function showHome(
  { api }: Pick<OutDeps, 'api'>,
  { own, people, person }: Home,
  user: string,
): Promise<void> {
  const { card, verbs } = helpContent(person, people, []);
  const help = blocksOf(card, verbs);
  const above = own.flatMap((content) => [...blocksOf(content, []), divider]).slice(0, mostBlocks - help.length);
  await api.ask('views.publish', { user_id: user, view: { type: 'home', blocks: [...above, ...help] } }, Published);
}

interface Home {
  people: readonly SlackPerson[];
  person: SlackPerson | null;
  /** What concerns this person, the most urgent first. */
  own: readonly CardContent[];
}

const divider = { type: 'divider' };

/** Slack takes no more in one view. */
const mostBlocks = 100;

function blocksOf(content: CardContent, verbs: readonly string[]): object[] {
  const card = placeTokens(fillCard(content), verbs, () => '');
  return toBlockKit(card, { markdown: false, surface: 'home' }).blocks;
}
