/** Modals and the App Home through the Web API. */
import { expect, it } from 'vitest';
import { input, modal, openModal, openStage, section, triggerOf } from './stage.ts';

/** Triggers live three seconds; this clock moves only when a test moves it. */
const stopped = { now: () => Temporal.Instant.from('2026-11-21T10:00:00Z') };

it('opens a modal with a trigger, once', async () => {
  const stage = await openStage(stopped);
  const trigger = await triggerOf(stage);
  function open() {
    return stage.api('views.open', { trigger_id: trigger, view: modal() });
  }

  const opened = await open();

  expect(opened.view).toMatchObject({
    type: 'modal',
    team_id: 'T0CAUSEWAY',
    app_id: 'A0CAUSEWAY',
    app_installed_team_id: 'T0CAUSEWAY',
    callback_id: 'ask',
    private_metadata: '',
    state: { values: {} },
    previous_view_id: null,
    root_view_id: opened.view.id,
  });
  expect(await open()).toMatchObject({ error: 'exchanged_trigger_id' });
  expect((await stage.world()).views).toMatchObject([{ id: opened.view.id, user: 'U0REQUESTER' }]);
});

it('opens nothing when the trigger is old or made up', async () => {
  const stage = await openStage(stopped);
  const trigger = await triggerOf(stage);
  await stage.move('clock', { seconds: 4 });
  function open(id: string) {
    return stage.api('views.open', { trigger_id: id, view: modal() });
  }

  expect(await open(trigger)).toMatchObject({ error: 'expired_trigger_id' });
  expect(await open('1.2.x')).toMatchObject({ error: 'invalid_trigger_id' });
});

it('spends no trigger on a view that it does not take', async () => {
  const stage = await openStage(stopped);
  const trigger_id = await triggerOf(stage);

  expect(await stage.api('views.open', { trigger_id, view: modal([]) })).toMatchObject({ error: 'invalid_arguments' });
  expect(await stage.api('views.open', { trigger_id })).toMatchObject({ error: 'invalid_arguments' });
  expect(await stage.api('views.open', { trigger_id, view: JSON.stringify(modal()) })).toMatchObject({ ok: true });
});

it('changes a view when the caller has seen its latest form', async () => {
  const stage = await openStage(stopped);
  const view = await openModal(stage, modal());
  function update(args: object) {
    return stage.api('views.update', { view_id: view.id, view: modal([section('new')]), ...args });
  }

  const updated = await update({ hash: view.hash });

  expect(updated.view).toMatchObject({ id: view.id, blocks: [{ text: { text: 'new' } }] });
  expect(updated.view.hash).not.toBe(view.hash);
  expect(await update({ hash: view.hash })).toMatchObject({ error: 'hash_conflict' });
  expect(await update({})).toMatchObject({ ok: true });
  expect(await update({ view_id: 'V0GONE' })).toMatchObject({ error: 'not_found' });
});

it('knows a view by the name that the app gave it, which nobody else may have', async () => {
  const stage = await openStage(stopped);
  await openModal(stage, modal([section('x')], { external_id: 'mine' }));

  const update = await stage.api('views.update', {
    external_id: 'mine',
    view: modal([section('new')], { external_id: 'mine' }),
  });
  const second = await stage.api('views.open', {
    trigger_id: await triggerOf(stage, 'U0ADMIN'),
    view: modal([section('x')], { external_id: 'mine' }),
  });

  expect(update.ok).toBe(true);
  expect(second).toMatchObject({ error: 'duplicate_external_id' });
});

it('stacks three views and no more', async () => {
  const stage = await openStage(stopped);
  const blocks = [
    { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } }] },
  ];
  let top = await openModal(stage, modal(blocks));
  async function push() {
    const { trigger_id } = await stage.move('press', { user: 'U0REQUESTER', view: top.id, action_id: 'more' });
    return stage.api('views.push', { trigger_id, view: modal(blocks) });
  }

  for (let pushes = 0; pushes < 2; pushes += 1) {
    const pushed = await push();
    expect(pushed.view).toMatchObject({ previous_view_id: top.id, root_view_id: top.root_view_id });
    top = pushed.view;
  }

  expect(await push()).toMatchObject({ error: 'push_limit_reached' });
});

it('pushes only onto a modal', async () => {
  const stage = await openStage(stopped);

  expect(await stage.api('views.push', { trigger_id: await triggerOf(stage), view: modal() })).toMatchObject({
    error: 'not_found',
  });
});

it('publishes a home for each person', async () => {
  const stage = await openStage(stopped);
  function publish(args: object) {
    return stage.api('views.publish', {
      user_id: 'U0REQUESTER',
      view: { type: 'home', blocks: [section('x')] },
      ...args,
    });
  }

  const first = await publish({});
  const second = await publish({ hash: first.view.hash });

  expect(second.view.id).toBe(first.view.id);
  expect(await publish({ hash: first.view.hash })).toMatchObject({ error: 'hash_conflict' });
  expect(await publish({ user_id: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  expect((await stage.world()).homes).toMatchObject({ U0REQUESTER: { type: 'home', user: 'U0REQUESTER' } });
});

it('keeps the place of a view when it changes', async () => {
  const stage = await openStage(stopped);
  const view = await openModal(stage, modal([input('name', { type: 'plain_text_input' })]));

  await stage.api('views.update', { view_id: view.id, view: modal([section('done')]) });

  expect((await stage.world()).views).toMatchObject([
    { id: view.id, root_view_id: view.root_view_id, user: 'U0REQUESTER' },
  ]);
});
