/** How refusals stand in the OpenAPI document: what can cause each, and what it looks like. */
import { problemDetails } from '@gangway/contract/provisioning/problem';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { partnerTexts } from '../partner-texts.js';

export const text = z.string();
/** The schema of a header: those of zod are not translated there. */
export const TEXT_HEADER = { type: 'string' } as const;

/** Of whatever heeds an `Idempotency-Key`. */
export const REPLAYED = {
  'Idempotent-Replayed': {
    schema: TEXT_HEADER,
    description: '`true` where this is the answer to an earlier request with the same key',
  },
};

/** Of whatever heeds `Prefer: wait=N`. */
export const WAITED = {
  'Preference-Applied': {
    schema: TEXT_HEADER,
    description: '`wait=N` where the call has waited: then the body has `operation_run`',
  },
};

/** The reasons of each status: one answer per status, with an example of its first reason. */
export function problems(
  reasons: Readonly<Record<number, readonly [ReasonCode, ...ReasonCode[]] | undefined>>,
): Record<`${number}`, ZodOpenApiResponseObject> {
  const answers: Record<`${number}`, ZodOpenApiResponseObject> = {};
  for (const [status, causes] of Object.entries(reasons))
    if (causes) answers[`${Number(status)}`] = problem(Number(status), causes);
  return answers;
}

function problem(status: number, reasons: readonly [ReasonCode, ...ReasonCode[]]): ZodOpenApiResponseObject {
  const isWait = reasons.includes('idempotency.in_flight');
  const headers = isWait ? RETRY_AFTER : HEADERS[status];
  return {
    description: reasons.map((reason) => `\`${reason}\`: ${partnerTexts(reason).title}`).join('; '),
    ...(headers ? { headers } : {}),
    content: {
      'application/problem+json': { schema: problemDetails, example: exampleOf(status, reasons[0]) },
    },
  };
}

const RETRY_AFTER = {
  'Retry-After': { schema: { type: 'integer', minimum: 0 }, description: 'Seconds' },
} as const;
/** Of answers to calls that succeeded, and of 429. */
export const QUOTA = {
  'RateLimit-Policy': {
    schema: TEXT_HEADER,
    description: 'Calls in a window of seconds: `"partner";q=60000;w=60`',
  },
  RateLimit: {
    schema: TEXT_HEADER,
    description: 'Calls that are left, and seconds to the end of the window: `"partner";r=59998;t=58`',
  },
};
const HEADERS: Readonly<Record<number, ZodOpenApiResponseObject['headers']>> = {
  401: {
    'WWW-Authenticate': {
      schema: TEXT_HEADER,
      description: 'Names `invalid_token` where a credential was given: a fresh token may help',
    },
  },
  403: {
    'WWW-Authenticate': {
      schema: TEXT_HEADER,
      description: 'Names `insufficient_scope` and, as `scope`, the permission that the credential lacks',
    },
  },
  405: { Allow: { schema: TEXT_HEADER, description: 'The methods there are' } },
  429: { ...RETRY_AFTER, ...QUOTA },
  503: RETRY_AFTER,
};

function exampleOf(status: number, reason: ReasonCode): z.input<typeof problemDetails> {
  const { title, remedy } = partnerTexts(reason);
  const example = {
    type: `urn:gangway:reason:${reason}`,
    ...{ title, status, detail: remedy },
    reason_code: reason,
    request_id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d20',
  };
  return reason === 'validation.failed'
    ? { ...example, errors: [{ field: 'email', message: 'Must be an e-mail address' }] }
    : example;
}

/** What any operation can come to. */
export const FAULTS = {
  429: ['request.rate_limited'],
  500: ['internal.error'],
  503: ['database.unavailable', 'auth.issuer_unavailable'],
} as const;
export const NO_PERMISSION = { 401: ['auth.required'], 403: ['partner.permission_missing'] } as const;
export const NO_SUCH_METHOD = { 405: ['request.method_not_allowed'] } as const;
export const BAD_BODY = {
  400: ['validation.failed', 'request.unparsable'],
  413: ['request.too_large'],
  415: ['request.unsupported_media_type'],
} as const;
