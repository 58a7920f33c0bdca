/**
 * The lowest layer under the Azure SDK: no request leaves for another host than Azure's management endpoint, whatever
 * URL an answer named; with a stand-in, that endpoint is replaced here and nowhere else, so that the rest of the SDK's
 * pipeline (token, retries, long-running operations) is the same as with the real service.
 */
import {
  createDefaultHttpClient,
  type HttpClient,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';

export const publicEndpoint = 'https://management.azure.com';

/** An answer named a URL on another host; nothing was sent there. */
export class ForeignHostError extends Error {
  override readonly name = 'ForeignHostError';
  constructor(url: string) {
    super(
      `Calling Azure: the URL ${hostOf(url)} is not ${publicEndpoint}, so nothing was sent there. Report this: an answer of Azure should never name another host.`,
    );
  }
}

/** A long-running operation ended as failed. The SDK alone would lose the code (facts: plain Error, code undefined). */
export class OperationFailedError extends Error {
  override readonly name = 'OperationFailedError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function isPublicEndpoint(url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === publicEndpoint;
}

/** `armUrl`: origin of a stand-in on loopback; null: the real endpoint. `answerMs`: how long an answer may take, to its last byte. */
export function pinnedHttpClient(armUrl: string | null, answerMs: number): HttpClient {
  const inner = createDefaultHttpClient();
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      const { url, allowInsecureConnection } = request;
      if (!isPublicEndpoint(url)) {
        throw new ForeignHostError(url);
      }
      if (armUrl === null) {
        return inTime(inner, request, answerMs);
      }
      // Retries and pollers use the same request object again, so it must come back as it was.
      try {
        request.url = armUrl.replace(/\/+$/, '') + url.slice(publicEndpoint.length);
        request.allowInsecureConnection = true;
        return await inTime(inner, request, answerMs);
      } finally {
        request.url = url;
        request.allowInsecureConnection = allowInsecureConnection ?? false;
      }
    },
  };
}

/**
 * The SDK alone waits for ever: one lost answer would hold a plan, and with it the network. A call that was given up is a
 * lost connection like any other, so it is repeated.
 */
async function inTime(inner: HttpClient, request: PipelineRequest, answerMs: number): Promise<PipelineResponse> {
  const { abortSignal } = request;
  const giveUp = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    giveUp.abort();
  }, answerMs);
  function asked(): void {
    giveUp.abort();
  }
  abortSignal?.addEventListener('abort', asked);
  try {
    request.abortSignal = abortSignal?.aborted === true ? abortSignal : giveUp.signal;
    return await inner.sendRequest(request);
  } catch (error) {
    throw isLate ? new RestError(`Azure did not answer within ${answerMs / 1000} s.`, { code: 'ETIMEDOUT' }) : error;
  } finally {
    clearTimeout(timer);
    abortSignal?.removeEventListener('abort', asked);
    delete request.abortSignal;
    Object.assign(request, abortSignal === undefined ? {} : { abortSignal });
  }
}

/** Turns the status answer of a failed operation into an error that keeps its code. */
export const keepOperationErrors: PipelinePolicy = {
  name: 'keepOperationErrors',
  async sendRequest(request, next) {
    const response = await next(request);
    const failure = request.method === 'GET' && isOperationUrl(request.url) ? failureIn(response.bodyAsText) : null;
    if (failure !== null) {
      throw failure;
    }
    return response;
  },
};

function isOperationUrl(url: string): boolean {
  return /\/(?:operations|operationResults|privateDnsOperationStatuses|privateDnsOperationResults)\/[^/?]+(?:\?|$)/i.test(
    url,
  );
}

function failureIn(body: string | null | undefined): OperationFailedError | null {
  const parsed = parseStatus(body);
  if (parsed === null || !/^(?:failed|cancell?ed)$/i.test(parsed.status)) {
    return null;
  }
  return new OperationFailedError(parsed.code ?? parsed.status, parsed.message ?? 'Azure gave no reason.');
}

function parseStatus(body: string | null | undefined): { status: string; code?: string; message?: string } | null {
  try {
    const parsed = JSON.parse(body ?? '') as { status?: unknown; error?: { code?: unknown; message?: unknown } } | null;
    if (typeof parsed?.status !== 'string') {
      return null;
    }
    const { code, message } = parsed.error ?? {};
    return {
      status: parsed.status,
      ...(typeof code === 'string' ? { code } : {}),
      ...(typeof message === 'string' ? { message } : {}),
    };
  } catch {
    return null;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
