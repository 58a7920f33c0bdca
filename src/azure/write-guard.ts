/**
 * The last question before a change leaves for Azure. It is asked where the request goes out, and anew for each repeat of
 * it, so that no way round it is left: a process that was paused between two lines of code is asked when it wakes up.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** Throws when nothing may be written any more. */
type AskFirst = () => Promise<void>;

/** A change as Azure knows it in its own logs; ids are '' when it gave none. */
export interface SentRequest {
  method: string;
  status: number;
  correlationId: string;
  requestId: string;
}

interface Asking {
  askFirst: AskFirst;
  answered: (sent: SentRequest) => void;
}

const asking = new AsyncLocalStorage<Asking>();

/** All changes that `work` sends are asked for first. @param answered Told of each that Azure answered, also with no. */
export function writeGuarded<T>(
  askFirst: AskFirst,
  work: () => Promise<T>,
  answered: (sent: SentRequest) => void = () => undefined,
): Promise<T> {
  return asking.run({ askFirst, answered }, work);
}

export const askBeforeWriting: PipelinePolicy = {
  name: 'askBeforeWriting',
  async sendRequest(request, next) {
    const { method } = request;
    if (method !== 'PUT' && method !== 'DELETE' && method !== 'PATCH') {
      return next(request);
    }
    const store = asking.getStore();
    if (store === undefined) {
      throw new Error(
        'Writing to Azure: nobody was asked whether it may be written, so nothing was sent. Report this: each write belongs inside `writeGuarded`.',
      );
    }
    await store.askFirst();
    const response = await next(request);
    const { headers, status } = response;
    const correlationId = headers.get('x-ms-correlation-request-id') ?? '';
    store.answered({ method, status, correlationId, requestId: headers.get('x-ms-request-id') ?? '' });
    return response;
  },
};
