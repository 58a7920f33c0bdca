/**
 * The simulator of Azure Resource Manager: plain HTTP on loopback, in place of https://management.azure.com. It knows
 * the part of Azure that this product touches, with the states, delays and errors of the real service.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type SimRequest, type SimResponse, type Simulator, startSimulator } from '../server.ts';
import { answer } from './answer.ts';
import { budgetControl } from './budget-control.ts';
import { startBudgets } from './budgets.ts';
import { exampleWorld } from './example-world.ts';
import { armFaults } from './injected-faults.ts';
import { ownerControl } from './owner.ts';
import { startPace } from './pace.ts';
import { reachControl } from './reach.ts';
import { resolveControl } from './resolve.ts';
import { settle } from './settle.ts';
import { type Arm, emptyWorld } from './world.ts';
import { hasArmPart, readWorld, writeWorld } from './world-file.ts';

export interface AzureSimulatorOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** As `POST /_sim/world` takes it; absent, or without a part for Azure: the example world. */
  world?: unknown;
  /** What real durations are divided by; 1 is real. */
  speed?: number;
  now?: () => Temporal.Instant;
  /** Of the durations' jitter. */
  seed?: number;
}

const defaultSpeed = 20;

/** Rejects with BadControlRequest when `world` cannot be read. */
export async function startAzureSimulator(options: AzureSimulatorOptions = {}): Promise<Simulator> {
  const arm: Arm = {
    world: emptyWorld(),
    pace: startPace(options.speed ?? defaultSpeed, options.seed ?? 1),
    budgets: startBudgets(options.speed ?? defaultSpeed),
    now: options.now ?? (() => Temporal.Now.instant()),
    newId: randomUUID,
  };
  readWorld(arm, options.world === undefined || !hasArmPart(options.world) ? exampleWorld() : options.world);
  return startSimulator({
    ...(options.port === undefined ? {} : { port: options.port }),
    answer: (request, fault) => answerInTime(arm, request, fault),
    faults: armFaults,
    readWorld: () => {
      settle(arm);
      return writeWorld(arm);
    },
    replaceWorld: (world) => {
      settle(arm);
      readWorld(arm, world);
    },
    control: {
      resolve: (body) => {
        settle(arm);
        return resolveControl(arm.world, body);
      },
      reach: (body) => {
        settle(arm);
        return reachControl(arm.world, body);
      },
      owner: (body) => {
        settle(arm);
        return ownerControl(arm, body);
      },
      budget: (body) => budgetControl(arm, body),
    },
  });
}

async function answerInTime(arm: Arm, request: SimRequest, fault: string | undefined): Promise<SimResponse> {
  const { afterMilliseconds, ...response } = answer(arm, request, fault);
  if (afterMilliseconds !== undefined && afterMilliseconds > 0) {
    await wait(afterMilliseconds);
  }
  return response;
}
