/** From the call until the event, the state, the effects and the audit entry are on the disk. */
import type { Store } from '../../src/store/store.ts';
import { help, inboxOn } from './inbox.ts';
import { type Samples, samplesOf, timed } from './samples.ts';

const warmUp = 50;

/** Each caller has a case of its own and sends its next event when the last one was answered. */
export async function acceptLatency(store: Store, load: { callers: number; events: number }): Promise<Samples> {
  const inbox = inboxOn(store);
  const each = Math.ceil(load.events / load.callers);
  async function call(caller: string, times: number): Promise<number[]> {
    const durations: number[] = [];
    for (let index = 0; index < times; index += 1) {
      durations.push(await timed(() => help(inbox, `${load.callers}-${caller}`)));
    }
    return durations;
  }
  await call('warm', warmUp);
  const since = performance.now();
  const durations = await Promise.all(Array.from({ length: load.callers }, (_, caller) => call(String(caller), each)));
  return samplesOf(durations.flat(), performance.now() - since);
}
