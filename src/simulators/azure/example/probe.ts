/** From where Network Watcher can try connections in the example world. */
import type { Json } from '../world.ts';
import { networkInterface } from './link-parts.ts';
import { nameOf } from './parts.ts';

const location = 'westeurope';

/** A small machine with Network Watcher's agent, and the watcher of its region. */
export function probeMachine(id: string, watcherId: string, at: { subnetId: string; address: string }): Json[] {
  const nic = `${id.replace('/Microsoft.Compute/virtualMachines/', '/Microsoft.Network/networkInterfaces/')}-nic`;
  const succeeded = { provisioningState: 'Succeeded' };
  const agent = { publisher: 'Microsoft.Azure.NetworkWatcher', type: 'NetworkWatcherAgentLinux' };
  return [
    {
      id: watcherId,
      name: nameOf(watcherId),
      type: 'Microsoft.Network/networkWatchers',
      location,
      properties: succeeded,
    },
    networkInterface(nic, at.subnetId, at.address, { virtualMachine: { id } }),
    {
      id,
      name: nameOf(id),
      type: 'Microsoft.Compute/virtualMachines',
      location,
      properties: {
        ...succeeded,
        hardwareProfile: { vmSize: 'Standard_B1s' },
        networkProfile: { networkInterfaces: [{ id: nic, properties: { primary: true } }] },
      },
    },
    {
      id: `${id}/extensions/AzureNetworkWatcherExtension`,
      name: 'AzureNetworkWatcherExtension',
      type: 'Microsoft.Compute/virtualMachines/extensions',
      location,
      properties: { ...succeeded, ...agent, typeHandlerVersion: '1.4' },
    },
  ];
}
