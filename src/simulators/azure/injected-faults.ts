/**
 * Faults by name. Some refuse the request at once; the others change how the accepted work goes on: `lro-fails` lets it
 * end in Failed, `operation-lost` lets its URL answer 404 while the work completes, `slow` makes it take ten times as
 * long. Besides these, every code in named-errors.ts is a fault.
 */
import { type ArmError, anotherOperation, notProvisioned } from './arm-error.ts';
import { namedErrors, namedFailure, namedRefusal } from './named-errors.ts';
import type { Failure } from './world.ts';
import { publicEndpoint } from './world.ts';

const aliases: Record<string, string> = {
  throttle: 'TooManyRequests',
  'authorization-failed': 'AuthorizationFailed',
  'precondition-failed': 'PreconditionFailed',
  'subnet-full': 'SubnetIsFull',
};

const slowFactor = 10;

export const armFaults: readonly string[] = [
  'another-operation',
  'not-provisioned',
  ...Object.keys(aliases),
  'lro-fails',
  'operation-lost',
  'slow',
  ...namedErrors,
];

export function injectedRefusal(
  fault: string | undefined,
  path: string,
  retryAfterSeconds: number,
): ArmError | undefined {
  switch (fault) {
    case undefined:
      return undefined;
    case 'another-operation':
      return anotherOperation(`${publicEndpoint}${path}`);
    case 'not-provisioned':
      return notProvisioned(path, path);
    default:
      return namedRefusal(aliases[fault] ?? fault, path, retryAfterSeconds);
  }
}

export function injectedFailure(fault: string | undefined, path: string): Failure | undefined {
  if (fault === 'lro-fails') {
    return { code: 'InternalServerError', message: 'An error occurred.', keep: true };
  }
  const named = fault === undefined ? undefined : namedFailure(fault, path);
  return named === undefined ? undefined : { ...named, keep: true };
}

export function injectedFactor(fault: string | undefined): number {
  return fault === 'slow' ? slowFactor : 1;
}
