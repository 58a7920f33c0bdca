/** Errors in the shape of Azure Resource Manager, and the ones that more than one resource type gives. */
import type { SimResponse } from '../server.ts';

/** A request that Azure would refuse: status, code and message as it answers them. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function errorResponse(error: ArmError): SimResponse {
  return {
    status: error.status,
    headers: { 'x-ms-failure-cause': 'service', ...error.headers },
    body: { error: { code: error.code, message: error.message, details: [] } },
  };
}

export function badRequest(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}

/** Network resources and private DNS both answer this when a reference leads nowhere. */
export function invalidReference(target: string, from: string): ArmError {
  return badRequest(
    'InvalidResourceReference',
    `Resource ${target} referenced by resource ${from} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

/** @param state `Updating` passes by itself; `Failed` stays until the resource was written again. */
export function notProvisioned(target: string, from: string, state: 'Updating' | 'Failed' = 'Updating'): ArmError {
  return badRequest(
    'ReferencedResourceNotProvisioned',
    `Cannot proceed with operation because resource ${target} used by resource ${from} is not in Succeeded state. Resource is in ${state} state and the last operation that updated/is updating the resource is PutVirtualNetworkOperation.`,
  );
}

export function anotherOperation(statusUrl: string): ArmError {
  return new ArmError(
    409,
    'AnotherOperationInProgress',
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${statusUrl}.`,
  );
}

export function locationRequired(): ArmError {
  return badRequest('LocationRequired', 'The location property is required for this definition.');
}
