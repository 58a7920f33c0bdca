/** Which channel carries what the outbox sends. */
import type { Channel } from '../channels/channel.ts';
import type { OpenFormBy, Send } from '../conversation/handlers.ts';
import type { Platform } from '../flows/event.ts';

export function sendBy(channels: ReadonlyMap<Platform, Channel>): Send {
  return (message) => {
    const channel = channels.get(message.place.platform);
    if (channel === undefined) {
      throw Object.assign(
        new Error(
          `Sending to ${message.place.platform}: this channel is not configured. Set its variables, or change the settings’ channels.`,
        ),
        {
          name: 'Undeliverable',
        },
      );
    }
    return channel.send(message);
  };
}

export function openFormBy(channels: ReadonlyMap<Platform, Channel>): OpenFormBy {
  return async (platform, form) => {
    const channel = channels.get(platform);
    if (channel?.openForm === undefined) {
      throw new Error(`Opening a form in ${platform}: there is no channel with forms for it. Type what the form asks.`);
    }
    await channel.openForm(form);
  };
}
