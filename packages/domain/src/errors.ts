import type { ConflictDetail, FieldError } from '@gangway/contract/errors';
import { REASONS, type ReasonCode } from '@gangway/contract/reason-codes';

/** What kind of refusal it is; each transport translates these once. */
export type Refusal =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'conflict'
  | 'unprocessable'
  | 'gone'
  | 'too_many'
  | 'unavailable';

export interface RefusalDetail {
  readonly fieldErrors?: readonly FieldError[];
  readonly conflict?: ConflictDetail;
  readonly capability?: string;
  /** Of a partner's credential, which lacks it. */
  readonly permission?: string;
  readonly roles?: readonly string[];
  readonly holders?: readonly string[];
  /** Seconds. */
  readonly retryAfter?: number;
  /** When a link that is gone ended, ISO 8601. */
  readonly expiredAt?: string;
  /** Id of what exists already, only where the caller may know it. */
  readonly existingId?: string;
}

/** A refusal with a stable reason code. Its message is the reason's wording and never carries input. */
export class AppError extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly reasonCode: ReasonCode,
    readonly detail: RefusalDetail = {},
  ) {
    super(REASONS[reasonCode].title);
    this.name = 'AppError';
  }
}

export const notFound = (): AppError => new AppError('not_found', 'resource.not_found');

export const invalidField = (field: string, message: string): AppError =>
  new AppError('invalid', 'validation.failed', { fieldErrors: [{ field, message }] });

/** Whether a database error is the unique violation of `index` (SQLSTATE 23505 of the driver, Prisma's P2002 or raw P2010). */
export function isUniqueViolation(error: unknown, index?: string): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  const text =
    JSON.stringify('meta' in error ? error.meta : null) + ('message' in error ? String(error.message) : '');
  const isUnique =
    error.code === '23505' || error.code === 'P2002' || (error.code === 'P2010' && text.includes('23505'));
  return isUnique && (index === undefined || text.includes(index));
}
