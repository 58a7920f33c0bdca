/**
 * The route that Slack posts to: the guard, then Bolt, which writes the answer itself. What was answered before is
 * answered from memory.
 */
import type { Context } from 'hono';
import type { HttpEnv } from '../body.ts';
import { alreadyAnswered, type Mount } from '../server.ts';
import { createGuard, type Guard } from './guard.ts';
import { type Front, isFinal, routerNow } from './front.ts';
import { type Answer, statusOf, type Turn } from './router.ts';
import { readPayload } from './schema.ts';

export const endpoint = '/slack/events';

export function mountEvents(front: Front): Mount {
  const { bot, log, now } = front.options;
  const { signingSecret } = bot;
  return (app) => {
    // Without a secret nothing that comes this way could be trusted.
    if (signingSecret !== null) {
      const guard = createGuard({ log, now, secret: signingSecret });
      app.post(endpoint, (c) => takeRequest(front, guard, c));
    }
  };
}

async function takeRequest(front: Front, guard: Guard, c: Context<HttpEnv>): Promise<Response> {
  const { rawBody, text } = c.var;
  const verdict = guard({
    rawBody,
    text,
    contentType: c.req.header('content-type') ?? '',
    timestamp: c.req.header('x-slack-request-timestamp') ?? null,
    signature: c.req.header('x-slack-signature') ?? null,
  });
  if (verdict.kind === 'refused') {
    return c.json({ because: verdict.because }, verdict.status);
  }
  if (verdict.kind === 'answered') {
    return verdict.body === null ? c.body(null, 200) : c.json(verdict.body);
  }
  const read = readPayload(verdict.body);
  if (read.kind !== 'read') {
    return read.kind === 'none' ? c.body(null, 200) : c.json({ because: 'This is not as Slack sends it.' }, 400);
  }
  const router = await routerNow(front);
  if (router === null) {
    return respond(c, { kind: 'again' });
  }
  const { incoming, outgoing } = c.env;
  // As Bolt wants it: the bytes as they came, and a type without anything behind it.
  incoming.headers['content-type'] = verdict.contentType;
  Object.assign(incoming, { rawBody: Buffer.from(rawBody) });
  const turn: Turn = { raw: verdict.body, payload: read.payload, answer: null };
  const { inFlight, replays } = front;
  const { answer, isRepeated } = await replays.once(
    rawBody,
    () => inFlight.track(router.http(turn, incoming, outgoing)),
    isFinal,
  );
  return isRepeated ? respond(c, answer) : alreadyAnswered;
}

function respond(c: Context<HttpEnv>, answer: Answer): Response {
  switch (answer.kind) {
    case 'taken':
      return answer.body === null ? c.body(null, 200) : c.json(answer.body);
    case 'again':
      return c.json({ because: 'I cannot take this right now. Send it again in a moment.' }, statusOf(answer));
    case 'refused':
      return c.json({ because: answer.because }, statusOf(answer));
    default: {
      const never: never = answer;
      return never;
    }
  }
}
