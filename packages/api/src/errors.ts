import type { ErrorData, FieldError } from '@gangway/contract/errors';
import { REASONS, type ReasonCode } from '@gangway/contract/reason-codes';
import type { AppError, Refusal } from '@gangway/domain/errors';
import { toAppError } from '@gangway/domain/to-app-error';
import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { ZodError } from 'zod';
import { isPartnerPath } from './partner-path.js';

/** The one table from what was refused to how tRPC names it; its keys are the whole of {@link Refusal}. */
const CODES: Record<Refusal, TRPC_ERROR_CODE_KEY> = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  unprocessable: 'UNPROCESSABLE_CONTENT',
  // tRPC knows no 410: {@link httpStatusOf} puts it in.
  gone: 'BAD_REQUEST',
  too_many: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
};

/** Which reason tRPC's own refusals carry. */
const OWN_REASONS: Partial<Record<TRPC_ERROR_CODE_KEY, ReasonCode>> = {
  BAD_REQUEST: 'validation.failed',
  PARSE_ERROR: 'request.unparsable',
  NOT_FOUND: 'request.not_found',
  METHOD_NOT_SUPPORTED: 'request.method_not_allowed',
  PAYLOAD_TOO_LARGE: 'request.too_large',
  UNSUPPORTED_MEDIA_TYPE: 'request.unsupported_media_type',
};

/** Wraps a refusal so that tRPC answers with its status; the formatter reads the rest from `cause`. */
export function toTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: CODES[error.refusal], message: error.message, cause: error });
}

/** The HTTP status of an error, where it is another than tRPC's own for its code. */
export function httpStatusOf(error: TRPCError): number | null {
  return toAppError(error.cause)?.refusal === 'gone' ? 410 : null;
}

/** What an error tells the outside: wording of the reason code and nothing of the cause. */
export function describeError(
  error: TRPCError,
  requestId: string,
  path?: string,
): { message: string; data: Omit<ErrorData, 'code' | 'httpStatus'> } {
  const known = toAppError(error.cause ?? error);
  if (known) {
    const { existingId, ...detail } = known.detail;
    // What exists already is told to partners alone.
    const existing = existingId !== undefined && isPartnerPath(path ?? '') ? { existingId } : {};
    const { message, reasonCode } = known;
    return { message, data: { reasonCode, requestId, ...detail, ...existing } };
  }
  const reasonCode = OWN_REASONS[error.code] ?? 'internal.error';
  // What we send and cannot parse is told to the log alone.
  const isInput = error.code === 'BAD_REQUEST' && error.cause instanceof ZodError;
  const fieldErrors = isInput ? { fieldErrors: toFieldErrors(error.cause) } : {};
  return { message: REASONS[reasonCode].title, data: { reasonCode, requestId, ...fieldErrors } };
}

const MAX_ERRORS = 20;
/** Of one row among thousands: what is wrong with it is nearly always wrong with others too. */
const MAX_ROW_ERRORS = 5;

/** What is wrong with a row of a bulk request: at most five field errors, so that the answer grows with the rows alone. */
export const toRowErrors = (error: ZodError): FieldError[] => toFieldErrors(error).slice(0, MAX_ROW_ERRORS);

/** At most twenty, one for each field with its path in dots; of a name that somebody made up, the beginning. */
export function toFieldErrors(error: ZodError): FieldError[] {
  const found = error.issues.flatMap(({ message, ...issue }) => {
    const paths =
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, MAX_ERRORS).map((key) => [...issue.path, key.slice(0, 100)])
        : [issue.path];
    return paths.map((path) => ({ field: path.map(String).join('.'), message }));
  });
  // What is of the wrong type may be of the wrong length besides: the first word is enough.
  const first = new Map(found.toReversed().map((one) => [one.field, one]));
  return found.filter((one) => first.get(one.field) === one).slice(0, MAX_ERRORS);
}

/** Whether an error is an answer and no fault of ours, and so needs no line in the log. */
export function isExpected(error: TRPCError): boolean {
  // Whoever asked has left, and with them what was asked of others on the way.
  const isAborted = error.cause?.name === 'AbortError';
  return isAborted || toAppError(error.cause) !== null || OWN_REASONS[error.code] !== undefined;
}
