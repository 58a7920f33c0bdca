/** From a person's request until the answer stands on the page, over HTTP, with the whole bot. */
import { setTimeout as wait } from 'node:timers/promises';
import { openHouse } from '../process/house.ts';
import { type Samples, samplesOf } from './samples.ts';

const events = 100;
const idleMs = 20;

export async function pageLatency(): Promise<Samples> {
  const house = await openHouse();
  const page = new AbortController();
  const listener = listen();
  try {
    const stream = await fetch(`${house.origin}/chat/events?as=requester`, { signal: page.signal });
    const reading = readEvents(stream, () => listener.told());
    const durations: number[] = [];
    const since = performance.now();
    for (let index = 0; index < events; index += 1) {
      const answered = listener.seen();
      const start = performance.now();
      await Promise.all([
        house.chat.say('requester', 'team', 'help'),
        answered.then(() => durations.push(performance.now() - start)),
      ]);
      await wait(idleMs);
    }
    const totalMs = performance.now() - since;
    page.abort();
    await reading;
    return samplesOf(durations, totalMs);
  } finally {
    page.abort();
    await house.close();
  }
}

/** Hands over the next message of the bot. */
function listen(): { seen(): Promise<void>; told(): void } {
  let next = Promise.withResolvers<void>();
  return {
    seen() {
      next = Promise.withResolvers<void>();
      return next.promise;
    },
    told: () => next.resolve(),
  };
}

async function readEvents(stream: Response, told: () => void): Promise<void> {
  try {
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (chunk.includes('"from":"causeway"')) {
        told();
      }
    }
  } catch {
    // The page was closed.
  }
}
