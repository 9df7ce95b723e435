import type { Problem } from '@gangway/contract/provisioning/problem';
import { REASONS, type ReasonCode } from '@gangway/contract/reason-codes';
import type { Request, Response } from 'express';
import { requestIdOf } from './request-id.js';

/** tRPC's number for each status that is answered before tRPC sees the request (JSON-RPC 2.0 error codes). */
const TRPC: Record<number, { code: string; number: number }> = {
  400: { code: 'BAD_REQUEST', number: -32600 },
  403: { code: 'FORBIDDEN', number: -32003 },
  404: { code: 'NOT_FOUND', number: -32004 },
  405: { code: 'METHOD_NOT_SUPPORTED', number: -32005 },
  413: { code: 'PAYLOAD_TOO_LARGE', number: -32013 },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', number: -32015 },
  421: { code: 'BAD_REQUEST', number: -32600 },
  500: { code: 'INTERNAL_SERVER_ERROR', number: -32603 },
  503: { code: 'SERVICE_UNAVAILABLE', number: -32603 },
};

/** Answers a request that gets no further, in the shape of the plane it came for. */
export function refuse(request: Request, response: Response, status: number, reasonCode: ReasonCode): void {
  const requestId = requestIdOf(request);
  const { title, remedy } = REASONS[reasonCode];
  if (request.originalUrl.startsWith('/trpc')) {
    const known = TRPC[status] ?? { code: 'BAD_REQUEST', number: -32600 };
    const data = { code: known.code, httpStatus: status, reasonCode, requestId };
    response.status(status).json({ error: { message: title, code: known.number, data } });
    return;
  }
  const problem: Problem = {
    type: `urn:gangway:reason:${reasonCode}`,
    title,
    status,
    detail: remedy,
    reason_code: reasonCode,
    request_id: requestId,
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
