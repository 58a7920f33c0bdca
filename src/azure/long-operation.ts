/** What Azure accepted and is still doing. */

export interface LongOperation {
  readonly isDone: boolean;
  /** Asks once. Throws when the operation has failed. */
  poll(): Promise<unknown>;
  /** Text with which `Arm.resume` goes on in another process. */
  serialize(): Promise<string>;
}

/** The part of the SDK's pollers that is used. */
interface SdkPoller extends LongOperation {
  submitted(): Promise<void>;
}

/** The SDK's pollers are thenables: one that is returned from an async function is waited for to its end. */
export function plainOperation(poller: SdkPoller): LongOperation {
  return {
    get isDone() {
      return poller.isDone;
    },
    poll: () => poller.poll(),
    serialize: () => poller.serialize(),
  };
}

/** Sends the first request. Null: the work ended with the first answer. */
export async function submit(poller: SdkPoller): Promise<LongOperation | null> {
  await poller.submitted();
  return poller.isDone ? null : plainOperation(poller);
}
