/**
 * Faults by name. Some refuse the request at once; the others change how the accepted work goes on: `lro-fails` lets it
 * end in Failed, `operation-lost` lets its URL answer 404 while the work completes, `slow` makes it take ten times as long.
 */
import { ArmError, anotherOperation, badRequest, notProvisioned } from './arm-error.ts';
import type { Failure } from './world.ts';
import { publicEndpoint } from './world.ts';

const refusals: Record<string, (path: string, retryAfterSeconds: number) => ArmError> = {
  'another-operation': (path) => anotherOperation(`${publicEndpoint}${path}`),
  'not-provisioned': (path) => notProvisioned(path, path),
  throttle: (_path, seconds) =>
    new ArmError(429, 'TooManyRequests', 'The request is being throttled. Please try again later.', {
      'Retry-After': String(seconds),
    }),
  'authorization-failed': (path) =>
    new ArmError(
      403,
      'AuthorizationFailed',
      `The client does not have authorization to perform action over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    ),
  'precondition-failed': () => new ArmError(412, 'PreconditionFailed', 'Precondition failed.'),
  'subnet-full': (path) =>
    badRequest('SubnetIsFull', `Subnet ${path} does not have enough capacity for 1 IP addresses.`),
};

const slowFactor = 10;

export const armFaults: readonly string[] = [...Object.keys(refusals), 'lro-fails', 'operation-lost', 'slow'];

export function injectedRefusal(
  fault: string | undefined,
  path: string,
  retryAfterSeconds: number,
): ArmError | undefined {
  return fault === undefined ? undefined : refusals[fault]?.(path, retryAfterSeconds);
}

export function injectedFailure(fault: string | undefined): Failure | undefined {
  return fault === 'lro-fails' ? { code: 'InternalServerError', message: 'An error occurred.', keep: true } : undefined;
}

export function injectedFactor(fault: string | undefined): number {
  return fault === 'slow' ? slowFactor : 1;
}
