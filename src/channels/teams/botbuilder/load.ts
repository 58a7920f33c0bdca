/**
 * The only folder that knows botbuilder and teams-ai. botbuilder checks every request a second time, teams-ai finds the
 * handler; both are past their end of support and come behind the gate. Neither sends anything: what the bot says goes
 * through the outbox and our own connector.
 */
import { Application } from '@microsoft/teams-ai';
import { CloudAdapter, type Activity as BotActivity, type TurnContext } from 'botbuilder';
import type { Answer, Router, Turn, TurnHandlers } from '../router.ts';
import type { Activity } from '../schema.ts';
import { createSecondCheck, type SecondCheckDeps } from './second-check.ts';

interface Running {
  activity: Activity;
  answer: Answer | null;
  failure: { error: unknown } | null;
}

/** Under this key the turn travels through the libraries. */
const runningKey = Symbol('turn');

export function createRouter(deps: SecondCheckDeps, handlers: TurnHandlers): Router {
  const secondCheck = createSecondCheck(deps);
  const app = createApplication(handlers);
  return {
    async run({ raw, activity, authorization }: Turn) {
      const checked = await secondCheck(raw as BotActivity, authorization ?? '');
      if ('status' in checked) {
        return checked;
      }
      const running: Running = { activity, answer: null, failure: null };
      const adapter = new CloudAdapter(checked.authentication);
      await adapter.processActivityDirect(checked.result, raw as BotActivity, async (context) => {
        context.turnState.set(runningKey, running);
        await app.run(context).catch((error: unknown) => {
          running.failure = { error };
        });
      });
      if (running.failure !== null) {
        throw running.failure.error;
      }
      return running.answer ?? unrouted(activity);
    },
  };
}

/** Teams shows an error for an invoke that nobody answers; everything else may pass. */
function unrouted({ type }: Activity): Answer {
  return { status: type === 'invoke' ? 501 : 200 };
}

function createApplication(handlers: TurnHandlers): Application {
  const app = new Application({
    // The typing sign, mentions and state are this channel's own; the library would send and store by itself.
    startTypingTimer: false,
    removeRecipientMention: false,
  });
  // Not `adaptiveCards.actionExecute`: it shows one person's view of a card to everybody.
  app.addRoute(isInvoke('adaptiveCard/action'), through(handlers.pressed), true);
  app.addRoute(isInvoke('fileConsent/invoke'), through(handlers.consented), true);
  app.addRoute(isInvoke('composeExtension/fetchTask'), through(handlers.actionChosen), true);
  app.addRoute(isInvoke('composeExtension/submitAction'), through(handlers.actionSent), true);
  app.adaptiveCards.actionSubmit(isSubmit, through(handlers.submitted));
  app.conversationUpdate('membersAdded', through(handlers.installed));
  app.activity('installationUpdate', through(handlers.installed));
  app.activity('message', through(handlers.said));
  return app;
}

type Handler = (activity: Activity) => Promise<Answer>;

function through(handler: Handler): (context: TurnContext) => Promise<void> {
  return async (context) => {
    const running = context.turnState.get<Running>(runningKey);
    running.answer = await handler(running.activity);
  };
}

function isInvoke(name: string): (context: TurnContext) => Promise<boolean> {
  return (context) => Promise.resolve(context.activity.type === 'invoke' && context.activity.name === name);
}

function isSubmit({ activity }: TurnContext): Promise<boolean> {
  const { type, text, value } = activity as { type: string; text?: string; value?: unknown };
  return Promise.resolve(type === 'message' && (text ?? '') === '' && typeof value === 'object' && value !== null);
}
