/**
 * Records and links of one private zone are written side by side, as Azure usually allows. Once it refuses one of them
 * because of another (409, 412), that zone's are written one after the other for the rest of the plan.
 */
import type { PlanStep } from '../plan/plan.ts';
import { zoneOf } from './taken.ts';

export interface ZoneTurns {
  /** Resolves when this step may write; call what it gives when the write has ended. */
  enter(step: PlanStep): Promise<() => void>;
  /** Azure refused this step because of another one in its zone. */
  oneByOne(step: PlanStep): void;
}

interface Zone {
  isSerial: boolean;
  /** Ends when everything that entered so far has left. */
  last: Promise<unknown>;
}

export function openZoneTurns(): ZoneTurns {
  const zones = new Map<string, Zone>();
  function turnsOf(step: PlanStep): Zone | null {
    const id = zoneOf(step);
    if (id === null) {
      return null;
    }
    const zone = zones.get(id) ?? { isSerial: false, last: Promise.resolve() };
    zones.set(id, zone);
    return zone;
  }
  return {
    async enter(step) {
      const zone = turnsOf(step);
      if (zone === null) {
        return () => undefined;
      }
      const before = zone.isSerial ? zone.last : null;
      const { promise, resolve } = Promise.withResolvers<void>();
      zone.last = Promise.all([zone.last, promise]);
      await before;
      return resolve;
    },
    oneByOne(step) {
      const zone = turnsOf(step);
      if (zone !== null) {
        zone.isSerial = true;
      }
    },
  };
}
