import type { Problem } from '@gangway/contract/provisioning/problem';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { Refusal, RefusalDetail } from '@gangway/domain/errors';
import { toAppError } from '@gangway/domain/to-app-error';
import type { Response } from 'express';
import { challengeOf } from '../challenge.js';
import { setQuotaHeaders } from './count-call.js';
import { partnerTexts } from './partner-texts.js';
import { UnsupportedMediaType } from './read-json.js';

/** The one table from what was refused to HTTP; its keys are the whole of {@link Refusal}. */
const STATUSES: Record<Refusal, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  unprocessable: 422,
  gone: 410,
  too_many: 429,
  unavailable: 503,
};

// What Express's body reader refuses, by the `type` it gives its errors.
const BODY_REFUSALS: Record<string, readonly [number, ReasonCode]> = {
  'entity.too.large': [413, 'request.too_large'],
  'parameters.too.many': [413, 'request.too_large'],
  'entity.parse.failed': [400, 'request.unparsable'],
  'encoding.unsupported': [415, 'request.unsupported_media_type'],
  'charset.unsupported': [415, 'request.unsupported_media_type'],
  'request.size.invalid': [400, 'request.unparsable'],
  'request.aborted': [400, 'request.unparsable'],
};

/** Answers with problem details (RFC 9457). `remedy`: where more is known than the reason code says. */
export function sendProblem(
  response: Response,
  status: number,
  reasonCode: ReasonCode,
  requestId: string,
  detail: RefusalDetail = {},
  remedy?: string,
): void {
  const words = partnerTexts(reasonCode);
  const { permission } = detail;
  const challenge = challengeOf(status, response.req.headers.authorization !== undefined, permission);
  if (challenge !== null) response.setHeader('www-authenticate', challenge);
  // Some refusals may be kept by caches unless they are told not to (RFC 9110, 15.1).
  response.setHeader('cache-control', 'no-store');
  if (detail.retryAfter !== undefined) response.setHeader('retry-after', String(detail.retryAfter));
  if (status === 429) setQuotaHeaders(response);
  const problem: Problem = {
    type: `urn:gangway:reason:${reasonCode}`,
    title: words.title,
    status,
    detail: remedy ?? (permission ? `It lacks ${permission}. ${words.remedy}` : words.remedy),
    reason_code: reasonCode,
    request_id: requestId,
    ...(detail.fieldErrors ? { errors: [...detail.fieldErrors] } : {}),
    ...(permission ? { permission } : {}),
    ...(detail.existingId ? { existing_id: detail.existingId } : {}),
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Answers for whatever was thrown. What nobody expected is told to `onUnexpected` and to nobody else. */
export function sendError(
  response: Response,
  error: unknown,
  requestId: string,
  onUnexpected: (error: unknown) => void,
): void {
  const known = toAppError(error);
  if (known) return sendProblem(response, STATUSES[known.refusal], known.reasonCode, requestId, known.detail);
  const type = typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
  const refusal = BODY_REFUSALS[type];
  const remedy = error instanceof UnsupportedMediaType ? `Send ${error.accepted}.` : undefined;
  if (refusal) return sendProblem(response, ...refusal, requestId, {}, remedy);
  if (isUnreadableBody(error)) return sendProblem(response, 400, 'request.unparsable', requestId);
  onUnexpected(error);
  sendProblem(response, 500, 'internal.error', requestId);
}

/**
 * Any 400 that the body reader means for the sender: an http-error, without a `type` where the body is not what its
 * Content-Encoding promises.
 */
function isUnreadableBody(error: unknown): boolean {
  return error instanceof Error && 'expose' in error && 'status' in error && error.status === 400;
}
