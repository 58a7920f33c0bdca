/** What can go wrong when Slack is asked for something, as the outbox and this channel tell it apart. */
import { Undeliverable } from '../channel.ts';

/** Slack will not do it, and says why with a word of its own. */
export class Refused extends Undeliverable {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** The place or the person cannot be written to; another place may do. */
export class Unreachable extends Refused {}

/** The thread is not there any more. */
export class NoThread extends Unreachable {}

/** The message is not there any more, or may no longer be edited. */
export class Gone extends Refused {}

/** The installed app lacks a right that Slack asks for. */
export class MissingScope extends Refused {}

/** Some block of the message is none that Slack knows. */
export class BadBlocks extends Refused {}
