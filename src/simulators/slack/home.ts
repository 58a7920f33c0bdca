/** `POST /_sim/home`: a person opens the App Home. */
import { z } from 'zod/v4';
import type { Outcome } from './deliveries.ts';
import { eventEnvelope, newEventId } from './payloads.ts';
import { openDirect } from './rooms.ts';
import { person, readMove, type Stage } from './scene.ts';
import { viewOnWire } from './views.ts';

const Home = z.strictObject({ user: z.string(), tab: z.enum(['home', 'messages']).default('home') });

export function home({ account, deliveries }: Stage, body: unknown): Promise<Outcome> {
  const move = readMove(Home, body, 'The App Home cannot be opened');
  const user = person(account, move.user);
  const { room } = openDirect(account.world, account.botUserId, user);
  const shown = account.world.homes.get(user.id);
  const id = newEventId();
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: room.id,
    tab: move.tab,
    ...(shown !== undefined && move.tab === 'home' && { view: viewOnWire(shown) }),
    event_ts: account.nextTs(),
  };
  return deliveries.send('event', eventEnvelope(account, id, null, event), id);
}
