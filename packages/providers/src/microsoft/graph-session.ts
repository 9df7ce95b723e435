import type { Evidence } from '@gangway/contract/operations';
import type { z } from 'zod';
import { ProviderError } from '../errors.js';
import type { ProviderTarget } from '../port.js';
import type { Answer } from './answer.js';
import { classifyGraphError } from './classify-graph-error.js';
import { endpointsOf } from './clouds.js';
import type { ProviderConfig } from './config.js';
import { evidenceOfAnswer } from './evidence.js';
import { fetchJson } from './fetch-json.js';
import type { TokenCache } from './token-cache.js';

/** How Graph is asked on behalf of one connection, for the length of one step. */
export interface GraphSession {
  readonly config: ProviderConfig;
  readonly tokens: TokenCache;
  readonly target: ProviderTarget;
  /** `high` for what a person waits for, `low` for what runs behind. */
  readonly priority: 'high' | 'low';
  readonly signal: AbortSignal;
  /** Counts the attempts of the step from 1, so that waiting for Microsoft has an end. */
  readonly attempt: number;
}

export interface Read<T> {
  readonly value: T;
  readonly evidence: Evidence;
}

export interface GraphQuery {
  /** Below `/v1.0`, or a whole `@odata.nextLink`. */
  readonly path: string;
  /** Ask for advanced query support; has to be sent with every page. */
  readonly eventual?: boolean;
}

/**
 * Reads one resource or one page.
 * @throws ProviderError of any reason; a 404 is `provider.unexpected_response` with that status in its evidence
 */
export async function getFromGraph<T extends z.ZodType>(
  session: GraphSession,
  schema: T,
  query: GraphQuery,
): Promise<Read<z.output<T>>> {
  const { tokens, target, signal } = session;
  let answer = await send(session, query, (await tokens.acquire(target, signal)).accessToken);
  if (answer.status === 401) {
    // Revoked, or older than a change of the application: a new token settles it, or its refusal says why.
    answer = await send(session, query, (await tokens.renew(target, signal)).accessToken);
  }
  if (answer.status >= 400) throw classifyGraphError(answer);
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw new ProviderError('provider.unexpected_response', evidenceOfAnswer(answer));
  return { value: parsed.data, evidence: evidenceOfAnswer(answer) };
}

function send(
  { config, target, priority, signal }: GraphSession,
  query: GraphQuery,
  accessToken: string,
): Promise<Answer> {
  const base = `${endpointsOf(target.cloud, config).graph}/v1.0`;
  const url = query.path.startsWith('/') ? `${base}${query.path}` : query.path;
  const headers = {
    authorization: `Bearer ${accessToken}`,
    'x-ms-throttle-priority': priority,
    ...(query.eventual ? { consistencylevel: 'eventual' } : {}),
  };
  return fetchJson(config, { url, base, headers }, signal);
}
