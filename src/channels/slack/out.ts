/** The sending half of the Slack channel: everything that goes to Slack goes out here. */
import { z } from 'zod/v4';
import { createBackground } from '../background.ts';
import { createApi } from './api.ts';
import { createCoalescer } from './coalesce.ts';
import { adoptCopy } from './copies.ts';
import type { SlackOptions, SlackOut } from './deps.ts';
import { openDirect } from './direct.ts';
import { createFormsMemory } from './forms-memory.ts';
import { createForms } from './forms.ts';
import { showHome } from './home.ts';
import { createMemory } from './memory.ts';
import { createPace } from './pace.ts';
import type { OutDeps } from './parts.ts';
import { createPeople } from './people.ts';
import { createRooms } from './rooms.ts';
import { createChannel } from './send.ts';
import { tell } from './tell.ts';
import { createTurns } from './turns.ts';
import { unfurl } from './unfurl.ts';
import { createInstallation } from './workspace.ts';

const Viewed = z.object({ view: z.object({ id: z.string() }) });

export function createSlackOut(options: SlackOptions): SlackOut {
  const deps = openParts(options);
  const forms = createForms(deps, createFormsMemory(options.store, options.now), createTurns());
  const { background } = deps;
  return {
    channel: createChannel(deps, forms),
    installation: deps.installation,
    emailOf: (userId) => deps.people.emailOf(userId),
    tell: (listener, text) => tell(deps, listener, text),
    openForm: (opening) => forms.open(opening),
    async openView(triggerId, view) {
      await deps.api.ask('views.open', { trigger_id: triggerId, view }, Viewed);
    },
    holdForm: (viewId) => forms.hold(viewId),
    releaseForm: (viewId) => forms.release(viewId),
    formClosed: (viewId) => forms.closed(viewId),
    directOf: (userId) => openDirect(deps, userId),
    copySeen(messageKey, spot) {
      background.run('Taking a copy of a card into care', () => adoptCopy(deps, messageKey, spot));
      return Promise.resolve();
    },
    async showHome(userId, person) {
      try {
        const own = person === null ? [] : ((await options.home?.(person.id)) ?? []);
        await showHome(deps, { people: options.people(), person, own }, userId);
      } catch (error) {
        options.log('Showing the App Home', { user: userId, reason: String(error) });
      }
    },
    unfurl: (shared) => unfurl(deps, shared),
    stop: (graceMs) => background.stop(graceMs),
  };
}

function openParts(options: SlackOptions): OutDeps {
  const { bot, log, now, random, store, tokenKey } = options;
  const api = createApi({ bot, pace: createPace(now, random) });
  const installation = createInstallation(api);
  const memory = createMemory(store, now);
  return {
    api,
    background: createBackground(log),
    bot,
    coalescer: createCoalescer(now),
    installation,
    log,
    memory,
    now,
    people: createPeople({ ...options, api, installation }),
    admins: () => options.people().flatMap(({ id, roles }) => (roles.includes('admin') ? [id] : [])),
    rooms: createRooms({ api, now, log }),
    store,
    tokenKey,
  };
}
