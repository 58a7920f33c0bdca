/** `POST /_sim/act`: a person does something that is no writing. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { activity, type Scene, sceneOfMessage, setScene } from './activities.ts';
import { cardSeenBy, findExecute, findSubmit } from './card-actions.ts';
import { type BotAnswer, deliver, Disguise, disguise, type Line } from './deliver.ts';
import { offerUpload, readConsent } from './files.ts';
import { asDialog, messageAction } from './message-actions.ts';
import { botId, botName, type Json } from './records.ts';

const Deed = Disguise.extend({
  as: z.string(),
  /** Sends the same activity once more when it is that of an earlier one. */
  id: z.string().optional(),
});
const OnMessage = Deed.extend({ message: z.string(), in: z.string().optional() });
/** `data` stands for that of the button; without it the button is looked for on the card that the person sees. */
const Press = OnMessage.extend({
  verb: z.string().optional(),
  title: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

const Act = z.discriminatedUnion('kind', [
  Press.extend({ kind: z.literal('execute') }),
  Press.extend({ kind: z.literal('submit') }),
  OnMessage.extend({ kind: z.literal('refresh') }),
  /** An action of the app from the menu of a message: first its dialog is asked for, then what was filled in is sent. */
  OnMessage.extend({ kind: z.literal('choose-action'), command: z.string() }),
  OnMessage.extend({
    kind: z.literal('send-action'),
    command: z.string(),
    data: z.record(z.string(), z.unknown()).default({}),
  }),
  OnMessage.extend({ kind: z.literal('file-consent'), accept: z.boolean() }),
  Deed.extend({ kind: z.literal('install'), in: z.string().default('personal') }),
  Deed.extend({ kind: z.literal('uninstall'), in: z.string().default('personal') }),
  /** Anything else: `activity` is laid over what every activity has. */
  Deed.extend({
    kind: z.literal('raw'),
    in: z.string().default('personal'),
    activity: z.record(z.string(), z.unknown()),
  }),
]);

type Act = z.output<typeof Act>;
type Pressed = Extract<Act, { kind: 'execute' | 'submit' }>;

/** @throws {BadControlRequest} */
export async function act(line: Line, body: unknown): Promise<BotAnswer> {
  const read = Act.safeParse(body);
  if (!read.success) {
    throw new BadControlRequest(`This cannot be done:\n${z.prettifyError(read.error)}`);
  }
  const deed = read.data;
  const { account } = line;
  const scene =
    'message' in deed ? sceneOfMessage(account, deed.as, deed.message, deed.in) : setScene(account, deed.as, deed.in);
  if (deed.kind === 'install' || deed.kind === 'uninstall') {
    return changeInstallation(line, deed, scene);
  }
  const answer = await send(line, deed, scene, whatHappened(line, deed, scene));
  if (deed.kind === 'choose-action' || deed.kind === 'send-action') {
    return asDialog(answer, deed.kind === 'choose-action');
  }
  if ('message' in deed) {
    keepView(line, deed.message, scene.person.id, answer);
  }
  return answer;
}

function send(line: Line, deed: Act, scene: Scene, happened: Json): Promise<BotAnswer> {
  const full = activity(line.account, scene, { ...happened, ...(deed.id !== undefined && { id: deed.id }) });
  return deliver(line, disguise(full, deed), deed);
}

function whatHappened({ account }: Line, deed: Exclude<Act, { kind: 'install' | 'uninstall' }>, scene: Scene): Json {
  const { person } = scene;
  const { world } = account;
  switch (deed.kind) {
    case 'execute':
      return cardAction(
        deed.message,
        pressed(deed, () => findExecute(world, person.id, deed)),
        'manual',
      );
    case 'submit': {
      const { data } = pressed(deed, () => findSubmit(world, person.id, deed));
      return { type: 'message', replyToId: deed.message, value: data };
    }
    case 'refresh': {
      const refresh = cardSeenBy(world, deed.message, person.id)?.['refresh'] as { action?: Json } | undefined;
      if (refresh?.action === undefined) {
        throw new BadControlRequest(`The card of message ${deed.message} does not ask to be refreshed.`);
      }
      return cardAction(deed.message, refresh.action, 'automatic');
    }
    case 'choose-action':
      return messageAction(account, scene, deed, 'composeExtension/fetchTask', {});
    case 'send-action':
      return messageAction(account, scene, deed, 'composeExtension/submitAction', { data: deed.data });
    case 'file-consent': {
      const card = readConsent(world, deed.message);
      return {
        type: 'invoke',
        name: 'fileConsent/invoke',
        replyToId: deed.message,
        value: {
          type: 'fileUpload',
          ...(deed.accept
            ? { action: 'accept', context: card.acceptContext, uploadInfo: offerUpload(account, card.name) }
            : { action: 'decline', context: card.declineContext }),
        },
      };
    }
    case 'raw':
    default:
      return deed.activity;
  }
}

/** The action with what the person filled in. */
function pressed(deed: Pressed, find: () => Json): Json {
  const action: Json = deed.data === undefined ? find() : { type: 'Action.Execute', verb: deed.verb, data: deed.data };
  const { fallback: _fallback, style: _style, ...sent } = action;
  return { ...sent, data: { ...(sent['data'] as Json | undefined), ...deed.inputs } };
}

function cardAction(message: string, action: Json, trigger: 'manual' | 'automatic'): Json {
  return { type: 'invoke', name: 'adaptiveCard/action', replyToId: message, value: { action, trigger } };
}

/** A card in the answer takes the place of the message's card, for this person alone and until the next edit. */
function keepView({ account }: Line, message: string, person: string, { body }: BotAnswer): void {
  const answer = body as { statusCode?: unknown; type?: unknown; value?: unknown } | null;
  if (answer?.statusCode === 200 && answer.type === 'application/vnd.microsoft.card.adaptive') {
    const others = account.world.views.filter((view) => view.message !== message || view.person !== person);
    account.world.views = [...others, { message, person, card: answer.value as Json }];
  }
}

/** Teams tells of it twice, as a change of the members and as a change of the installation. */
async function changeInstallation(
  line: Line,
  deed: Extract<Act, { kind: 'install' | 'uninstall' }>,
  scene: Scene,
): Promise<BotAnswer> {
  const { account } = line;
  const installs = deed.kind === 'install';
  scene.place.installed = installs;
  const bot = { id: botId(account), name: botName };
  if (installs) {
    const first = await send(line, deed, scene, { type: 'conversationUpdate', membersAdded: [bot] });
    if (first.status !== 200) {
      return first;
    }
  }
  return send(line, deed, scene, { type: 'installationUpdate', action: installs ? 'add' : 'remove' });
}
