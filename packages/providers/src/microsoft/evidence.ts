import type { Evidence } from '@gangway/contract/operations';
import type { Answer } from './answer.js';

/** Only what has the form of an identifier is kept: evidence must not become a way in for a provider's text. */
export function identifier(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value) ? value : null;
}

const NOTHING = { httpStatus: null, aadsts: null, graphCode: null, requestId: null, correlationId: null };

/** Evidence of a failure that never became an answer. `correlationId` is the one we sent. */
export function evidenceOfNoAnswer(at: Date, correlationId: string | null): Evidence {
  return { ...NOTHING, correlationId, at: at.toISOString() };
}

/** `x-ms-throttle-scope`: kind, limit, application, and the tenant or user; only identifiers with slashes between them. */
function throttleScopeOf(headers: Headers): { readonly throttleScope?: string } {
  const scope = headers.get('x-ms-throttle-scope')?.trim() ?? '';
  return /^[\w.-]{1,60}(\/[\w.-]{1,60}){0,4}$/.test(scope) ? { throttleScope: scope } : {};
}

/** Evidence of an answer: its status and ids, and what `found` adds. */
export function evidenceOfAnswer(
  answer: Answer,
  found: Partial<Omit<Evidence, 'httpStatus' | 'at'>> = {},
): Evidence {
  return {
    ...NOTHING,
    httpStatus: answer.status,
    requestId:
      identifier(answer.headers.get('request-id')) ?? identifier(answer.headers.get('x-ms-request-id')),
    correlationId: answer.correlationId,
    at: answer.at.toISOString(),
    ...throttleScopeOf(answer.headers),
    ...found,
  };
}
