/**
 * One fault of Azure at one write of one plan: either the plan comes to its end, or it is said truly where it stands; and
 * the undo brings back the first world.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { armFaults } from '../../src/simulators/azure/injected-faults.ts';
import { commonFaults } from '../../src/simulators/faults.ts';
import { type Applied, apply, takeBack } from '../azure/house.ts';
import {
  type Bench,
  contradicting,
  openBench,
  patience,
  type PlanName,
  standing,
  untruths,
  wrongAfterwards,
} from './plans.ts';

export const faultNames: readonly string[] = [...commonFaults, ...armFaults];

export interface Fault {
  plan: PlanName;
  fault: string;
  /** Which of the plan's writes, from 0. */
  write: number;
  /** Whether it is tried again from where it stopped before it is taken back. */
  retry: boolean;
}

const patienceMs = 60_000;
/** Nobody waits a minute in a test for an answer that never comes. */
const soonMs = 3000;

/** What is wrong; empty when all is well. */
export async function strikeOnce(fault: Fault): Promise<string[]> {
  const bench = await openBench(fault.plan, fault.fault === 'hang' ? soonMs : undefined);
  try {
    return await Promise.race([struck(bench, fault), tooLong()]);
  } catch (error) {
    return [`it threw: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    await bench.close();
  }
}

async function tooLong(): Promise<string[]> {
  await wait(patienceMs, null, { ref: false });
  return [`it did not come to an end within ${patienceMs / 1000} s`];
}

async function struck(bench: Bench, { fault, retry, write }: Fault): Promise<string[]> {
  const { house, plan, store, writes } = bench;
  const step = writes[write % writes.length];
  await house.fault(fault, `*${step?.resource ?? ''}`, 'PUT');
  const first = await apply(house, store, plan, { patience });
  const wrong = await wrongWith(bench, first);
  if (first.outcome.kind === 'failed' && retry) {
    const again = await apply(house, store, plan, { patience });
    wrong.push(...(await wrongWith(bench, again)));
    if (again.outcome.kind !== 'complete') {
      wrong.push(`a second try did not finish: ${JSON.stringify(again.outcome)}`);
    }
  }
  return [...wrong, ...(await contradicting(bench)), ...(await wrongWithUndo(bench))];
}

async function wrongWith(bench: Bench, { outcome, reports }: Applied): Promise<string[]> {
  const wrong = await untruths(bench);
  if (outcome.kind === 'complete') {
    return [...wrong, ...(await wrongAfterwards(bench))];
  }
  if (outcome.kind !== 'failed') {
    return [...wrong, `it ended with ${JSON.stringify(outcome)}`];
  }
  const { because, code, step, wayOut } = outcome;
  const told = reports.findLast(({ id }) => id === step);
  return [
    ...wrong,
    ...(because.length > 20 && wayOut.length > 20 && code !== null ? [] : [`says little: ${JSON.stringify(outcome)}`]),
    ...(told?.state === 'failed' ? [] : [`the card shows ${step} as ${told?.state ?? 'not begun'}`]),
  ];
}

async function wrongWithUndo(bench: Bench): Promise<string[]> {
  const { house, plan, store } = bench;
  const { outcome } = await takeBack(house, store, plan, 'undo-1', { patience });
  if (outcome.kind !== 'complete') {
    return [`the undo ended with ${JSON.stringify(outcome)}`];
  }
  const { before } = bench;
  const after = await standing(house);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((id) => !isDeepStrictEqual(before[id], after[id]))
    .map((id) => `after the undo ${id} is ${JSON.stringify(after[id])?.slice(0, 200)}`);
}
