/** Views: which modals are on whose screen, and what each App Home shows. */
import { type Account, epochSeconds, newId, newSecretId, type Trigger } from './account.ts';
import { refusal } from './answers.ts';
import { asList } from './blocks/composition.ts';
import { isJson } from './blocks/check.ts';
import { judgeView } from './blocks/judge.ts';
import { named } from './content.ts';
import { effectsOf } from './mentions.ts';
import type { Json, View } from './records.ts';

const highestStack = 3;

/** Takes the place of whatever this person had open. */
export function openView(account: Account, trigger: Trigger, given: Json): View {
  closeStack(account, trigger.user);
  return show(account, trigger, given, null);
}

/** @throws {Refused} */
export function pushView(account: Account, trigger: Trigger, given: Json): View {
  const stack = stackOf(account, trigger.user);
  const top = stack.at(-1);
  if (top === undefined || trigger.view === null) {
    throw refusal('not_found');
  }
  if (stack.length >= highestStack) {
    throw refusal('push_limit_reached');
  }
  return show(account, trigger, given, top);
}

function show(account: Account, trigger: Trigger, given: Json, below: View | null): View {
  refuseTakenExternalId(account, given, null);
  const id = newId('V');
  const view = whole(account, given, {
    id,
    user: trigger.user,
    root: below?.root_view_id ?? id,
    previous: below?.id ?? null,
  });
  account.world.views.push(view);
  for (const tell of trigger.onView) {
    tell(view.id);
  }
  return view;
}

/** @throws {Refused} */
export function findView(account: Account, id: string | undefined, externalId: string | undefined): View {
  const { views, homes } = account.world;
  const found = [...views, ...homes.values()].find((view) =>
    id === undefined ? externalId !== undefined && view['external_id'] === externalId : view.id === id,
  );
  if (found === undefined) {
    throw refusal('not_found');
  }
  return found;
}

/** @throws {Refused} when it changed since the caller saw it */
export function replaceView(account: Account, view: View, given: Json, hash: string | undefined): View {
  if (hash !== undefined && hash !== view.hash) {
    throw refusal('hash_conflict');
  }
  refuseTakenExternalId(account, given, view);
  const { id, user, root_view_id: root, previous_view_id: previous } = view;
  for (const name of Object.keys(view)) {
    delete view[name];
  }
  return Object.assign(view, whole(account, given, { id, user, root, previous }));
}

/** @throws {Refused} */
export function publishHome(account: Account, user: string, given: Json, hash: string | undefined): View {
  const present = account.world.homes.get(user);
  if (present !== undefined) {
    return replaceView(account, present, given, hash);
  }
  const id = newId('V');
  const view = whole(account, given, { id, user, root: id, previous: null });
  account.world.homes.set(user, view);
  return view;
}

/** Modals of a person, the lowest first. */
export function stackOf(account: Account, user: string): View[] {
  return account.world.views.filter((view) => view.user === user);
}

export function closeView(account: Account, view: View): void {
  account.world.views.splice(account.world.views.indexOf(view), 1);
}

export function closeStack(account: Account, user: string): void {
  account.world.views = account.world.views.filter((view) => view.user !== user);
}

/** What a view gets besides what the app said: names of its parts, a new hash, where it stands. */
function whole(
  account: Account,
  given: Json,
  place: { id: string; user: string; root: string; previous: string | null },
): View {
  const { title, submit, close } = given;
  return {
    id: place.id,
    team_id: account.teamId,
    type: given['type'] === 'home' ? 'home' : 'modal',
    blocks: named(asList(given['blocks']).filter(isJson)),
    private_metadata: given['private_metadata'] ?? '',
    callback_id: given['callback_id'] ?? '',
    state: { values: {} },
    hash: `${epochSeconds(account.wall())}.${newSecretId().slice(0, 8)}`,
    title: title ?? null,
    clear_on_close: given['clear_on_close'] ?? false,
    notify_on_close: given['notify_on_close'] ?? false,
    close: close ?? null,
    submit: submit ?? null,
    previous_view_id: place.previous,
    root_view_id: place.root,
    app_id: account.appId,
    external_id: given['external_id'] ?? '',
    app_installed_team_id: account.teamId,
    bot_id: account.botId,
    user: place.user,
  };
}

function refuseTakenExternalId(account: Account, given: Json, except: View | null): void {
  const externalId = given['external_id'];
  const taken = [...account.world.views, ...account.world.homes.values()].some(
    (view) => view !== except && externalId !== undefined && externalId !== '' && view['external_id'] === externalId,
  );
  if (taken) {
    throw refusal('duplicate_external_id');
  }
}

/** The view as the app gets it. */
export function viewOnWire(view: View): Json {
  const { user: _user, ...rest } = view;
  return rest;
}

/** The view as `/_sim/world` shows it. */
export function shownView(account: Account, view: View): Json {
  return { ...view, ...effectsOf(account.world, { blocks: view.blocks }) };
}

/** @throws {Refused} */
export function readModal(account: Account, given: unknown): Json {
  return judgeView(given, 'modal', account.settings.newerBlocks);
}
