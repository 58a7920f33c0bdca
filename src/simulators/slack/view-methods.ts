/** `views.*`. */
import type { Account } from './account.ts';
import { refusal } from './answers.ts';
import { judgeView } from './blocks/judge.ts';
import type { Method } from './method.ts';
import type { Json, View } from './records.ts';
import { missing, required, structured, text } from './request-args.ts';
import { userForApp } from './rooms.ts';
import { useTrigger } from './trigger.ts';
import { findView, openView, publishHome, pushView, readModal, replaceView, viewOnWire } from './views.ts';

export const viewMethods = {
  'views.open': viewMethod((account, args) => {
    const given = readModal(account, viewArgument(args));
    return openView(account, useTrigger(account, required(args, 'trigger_id')), given);
  }),
  'views.push': viewMethod((account, args) => {
    const given = readModal(account, viewArgument(args));
    return pushView(account, useTrigger(account, required(args, 'trigger_id')), given);
  }),
  'views.update': viewMethod((account, args) => {
    const id = text(args, 'view_id');
    const externalId = text(args, 'external_id');
    if (id === undefined && externalId === undefined) {
      throw refusal('invalid_arguments');
    }
    const view = findView(account, id, externalId);
    const given = judgeView(viewArgument(args), view.type, account.settings.newerBlocks);
    return replaceView(account, view, given, text(args, 'hash'));
  }),
  'views.publish': viewMethod((account, args) => {
    const user = userForApp(account, required(args, 'user_id'));
    const given = judgeView(viewArgument(args), 'home', account.settings.newerBlocks);
    return publishHome(account, user.id, given, text(args, 'hash'));
  }),
} as const satisfies Record<string, Method>;

function viewMethod(run: (account: Account, args: Json) => View): Method {
  return {
    scopes: [],
    token: 'bot',
    tier: 'tier4',
    takesJson: true,
    run: (account, args) => ({ view: viewOnWire(run(account, args)) }),
  };
}

function viewArgument(args: Json): unknown {
  const view = structured(args, 'view', 'invalid_arguments');
  if (view === undefined) {
    throw missing('view');
  }
  return view;
}
