/** Everything that was ever stopped or frozen. */
import type { Store } from '../../src/store/store.ts';

export function readControl(store: Store) {
  return store.read.selectFrom('control').selectAll().orderBy('at').execute();
}
