import { anySignal } from 'any-signal';
import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import { ProviderError } from '../errors.js';
import type { Answer } from './answer.js';
import { classifyFetchFailure } from './classify-fetch-failure.js';
import { classifyTrouble } from './classify-trouble.js';
import { isBelow } from './clouds.js';
import type { ProviderConfig } from './config.js';
import { evidenceOfAnswer, evidenceOfNoAnswer } from './evidence.js';
import { readBounded } from './read-bounded.js';
import { toWaitMs } from './retry-after.js';

export interface JsonRequest {
  readonly url: string;
  /** The address the request must stay below. */
  readonly base: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form by POST; absent: GET. */
  readonly form?: URLSearchParams;
}

/** A wait this short is not worth giving the step back to the engine. */
const PATIENCE_MS = 2_000;

/**
 * Sends a request that may safely be repeated, and again at most twice over a hiccup: a 5xx, a lost connection, or a
 * 429 that asks for two seconds or less.
 * @throws ProviderError `provider.throttled`, `provider.unavailable`, `network.*`, `provider.unexpected_response`;
 * the signal's own reason when it is aborted
 */
export async function fetchJson(
  config: ProviderConfig,
  request: JsonRequest,
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(request.url);
  if (!isBelow(url, request.base)) {
    throw new ProviderError('provider.unexpected_response', evidenceOfNoAnswer(config.now(), null));
  }
  return pRetry(() => attempt(config, request, url, signal), {
    retries: 2,
    minTimeout: 150,
    factor: 2,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => isHiccup(error),
    onFailedAttempt: async ({ error, retriesLeft }) => {
      if (retriesLeft > 0 && error instanceof ProviderError && isHiccup(error))
        await sleep(error.retryAfterMs ?? 0, signal);
    },
  });
}

function isHiccup(error: unknown): boolean {
  if (!(error instanceof ProviderError)) return false;
  const wait = error.retryAfterMs;
  if (error.reasonCode === 'provider.throttled') return wait !== null && wait <= PATIENCE_MS;
  if (error.reasonCode === 'provider.unavailable') return wait === null || wait <= PATIENCE_MS;
  return error.reasonCode === 'network.unreachable';
}

async function attempt(
  config: ProviderConfig,
  request: JsonRequest,
  url: URL,
  signal: AbortSignal,
): Promise<Answer> {
  const correlationId = randomUUID();
  const deadline = AbortSignal.timeout(config.timeoutMs);
  // Unlike AbortSignal.any it stops listening to `signal`, which may outlive many requests, when it is cleared.
  const ended = anySignal([signal, deadline]);
  try {
    const response = await config.fetch(url, {
      method: request.form ? 'POST' : 'GET',
      body: request.form ?? null,
      headers: { accept: 'application/json', 'client-request-id': correlationId, ...request.headers },
      // A redirect could lead off the allowed hosts, and none of these endpoints redirects.
      redirect: 'manual',
      signal: ended,
    });
    const text = await readBounded(response, config.maxResponseBytes);
    const { status, headers } = response;
    const answer = {
      status,
      headers,
      body: text === null ? null : parseJson(response, text),
      correlationId,
      at: config.now(),
    };
    return requireAnswer(answer, text !== null);
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    signal.throwIfAborted();
    const reason = classifyFetchFailure(error, deadline.aborted);
    throw new ProviderError(reason, evidenceOfNoAnswer(config.now(), correlationId));
  } finally {
    ended.clear();
  }
}

/** Lets through 2xx with JSON, and 4xx of any kind, and 501, for the caller to classify. */
function requireAnswer(answer: Answer, isWhole: boolean): Answer {
  const { status } = answer;
  const trouble = classifyTrouble(answer);
  if (trouble) throw new ProviderError(trouble, evidenceOfAnswer(answer), toWaitMs(trouble, answer));
  const isClear = status >= 400 || (status >= 200 && status < 300 && answer.body !== null);
  if (!isClear || !isWhole) throw new ProviderError('provider.unexpected_response', evidenceOfAnswer(answer));
  return answer;
}

function parseJson(response: Response, text: string): unknown {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return null;
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
