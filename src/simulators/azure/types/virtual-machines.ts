/** Virtual machines and what is installed on them: read only, and only as far as Network Watcher asks for it. */
import type { ResourceType } from '../resource-type.ts';
import { interfaceTypeName } from '../type-names.ts';
import { find, keyOf, listOfType, type Resource, type SubResource, textIn, type World } from '../world.ts';

export const virtualMachines: ResourceType = { name: 'Microsoft.Compute/virtualMachines', family: 'other' };
export const machineExtensions: ResourceType = {
  name: 'Microsoft.Compute/virtualMachines/extensions',
  family: 'other',
};

/** Network Watcher speaks to an agent on the machine. */
const agentPublisher = 'Microsoft.Azure.NetworkWatcher';

export function hasWatcherAgent(world: World, machine: Resource): boolean {
  return listOfType(world, machineExtensions.name, keyOf(machine)).some(
    ({ properties }) =>
      textIn(properties, 'publisher') === agentPublisher && textIn(properties, 'provisioningState') === 'Succeeded',
  );
}

export function interfaceOf(world: World, machine: Resource): Resource | undefined {
  const { networkInterfaces = [] } = (machine.properties['networkProfile'] ?? {}) as {
    networkInterfaces?: SubResource[];
  };
  const found = find(world, networkInterfaces[0]?.id);
  return found?.type === interfaceTypeName ? found : undefined;
}
