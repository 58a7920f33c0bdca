/** From where the bot may see for itself whether a connection works: its own host, or a machine with Azure's agent. */
import { z } from 'zod/v4';
import { section, text } from './settings-fields.ts';

const networkHint =
  'the resource id of a virtual network, such as /subscriptions/…/providers/Microsoft.Network/virtualNetworks/hub-vnet';
const timeoutHint = 'a whole number of milliseconds from 500 to 30000';

function idOf(type: string, hint: string): z.ZodString {
  return text(
    hint,
    new RegExp(`^\\/[sS]ubscriptions\\/[^\\/]+\\/resource[gG]roups\\/[^\\/]+\\/providers\\/${type}\\/[^\\/]+$`),
  );
}

export const probe = section(
  {
    standsIn: idOf('Microsoft\\.Network\\/virtualNetworks', networkHint)
      .nullable()
      .describe(
        'The virtual network in which the bot itself runs; what a plan promises from there it tries by itself. Null: none.',
      )
      .default(null),
    timeoutMs: z
      .int({ error: timeoutHint })
      .min(500, { error: timeoutHint })
      .max(30_000, { error: timeoutHint })
      .describe('How long one try from the bot’s own host may take, in milliseconds.')
      .default(5000),
    watcher: section(
      {
        virtualMachine: idOf(
          'Microsoft\\.Compute\\/virtualMachines',
          'the resource id of a virtual machine on which the Network Watcher agent is installed',
        ),
        networkWatcher: idOf(
          'Microsoft\\.Network\\/networkWatchers',
          'the resource id of the Network Watcher of the region and subscription of that machine',
        ),
      },
      'a machine from which Azure’s Network Watcher tries connections; null: none',
    )
      .nullable()
      .default(null),
  },
  'from where the bot may try for itself whether a connection works',
);

export type ProbeSettings = z.infer<typeof probe>;
