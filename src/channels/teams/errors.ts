/** What can go wrong when Teams is asked for something, as the outbox and this channel tell it apart. */
import { Undeliverable } from '../channel.ts';

/** The bot may not write there: it was blocked or uninstalled. Telling it once more changes nothing. */
export class Blocked extends Undeliverable {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** The conversation or the message is not there, or not any more. */
export class Gone extends Undeliverable {}
