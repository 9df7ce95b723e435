import { z } from 'zod';

/** One field of the input that was refused. In words of its own: the typed client has it without zod. */
export interface FieldError {
  field: string;
  message: string;
}
export const fieldError = z.object({ field: z.string(), message: z.string() }).meta({
  id: 'FieldError',
}) satisfies z.ZodType<FieldError>;

/** Who changed what is in the way of a 409. */
export interface ConflictDetail {
  readonly version: number;
  readonly updatedBy: string;
  readonly updatedAt: string;
}

/** What `error.data` carries on every tRPC error. */
export interface ErrorData {
  readonly code: string;
  readonly httpStatus: number;
  readonly reasonCode: string;
  readonly requestId: string;
  readonly fieldErrors?: readonly FieldError[];
  readonly conflict?: ConflictDetail;
  /** On 403: the capability that is missing and which roles hold it. */
  readonly capability?: string;
  readonly roles?: readonly string[];
  /** On 403 to a member: who in the workspace could do it, at most five e-mail addresses. */
  readonly holders?: readonly string[];
  /** On 403 to a partner: the permission that the credential lacks. */
  readonly permission?: string;
  /** On 409 `tenant.duplicate` to a partner: the tenant that exists, where it is its own. */
  readonly existingId?: string;
  /** Seconds; on 429 and 503. */
  readonly retryAfter?: number;
  /** On 410: when the link ended, ISO 8601. */
  readonly expiredAt?: string;
}
