import type { ConflictDetail, ErrorData, FieldError } from '@gangway/contract/errors';

/** What the server attached to a refused call; null where no answer came at all. */
export function errorDataOf(error: unknown): ErrorData | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  return typeof data === 'object' && data !== null && 'httpStatus' in data ? (data as ErrorData) : null;
}

/** HTTP status of a refused call; 0 where the server was not reached. */
export function statusOf(error: unknown): number {
  return errorDataOf(error)?.httpStatus ?? 0;
}

/** Worth asking again without changing anything. */
export function isTransient(error: unknown): boolean {
  return [0, 502, 503, 504].includes(statusOf(error));
}

export function conflictOf(error: unknown): ConflictDetail | null {
  return errorDataOf(error)?.conflict ?? null;
}

export function fieldErrorsOf(error: unknown): readonly FieldError[] {
  return errorDataOf(error)?.fieldErrors ?? [];
}

/** Nobody is signed in any more; a wrong password is a 401 too, but says nothing about the session. */
export function isSessionOver(error: unknown): boolean {
  return statusOf(error) === 401 && errorDataOf(error)?.reasonCode !== 'auth.invalid_credentials';
}
