import { Prisma } from '@gangway/db/client';
import { RunConflict, RunNotFound } from '@gangway/engine/errors';
import { StepError } from '@gangway/engine/step';
import { AppError } from './errors.js';

// Prisma's codes for a database that cannot be reached, is starting, closed the connection or has none to give.
const UNAVAILABLE_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);
// SQLSTATE classes and states with the same meaning, and Node's codes of a broken or refused socket.
const UNAVAILABLE_TEXT =
  /\b(08\d{3}|57P0[1-3]|53300|53100|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)\b|DatabaseNotReachable|ConnectionClosed|Connection terminated|SocketTimeout|terminating connection/;

/** Turns whatever a verb threw into a refusal, for every transport; what nobody expected becomes null. */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof RunConflict) return new AppError('conflict', error.reasonCode);
  if (error instanceof RunNotFound) return new AppError('not_found', 'resource.not_found');
  if (error instanceof StepError && error.reasonCode === 'validation.failed')
    return new AppError('invalid', 'validation.failed');
  if (isDatabaseUnavailable(error))
    return new AppError('unavailable', 'database.unavailable', { retryAfter: 2 });
  return null;
}

function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') {
    if (UNAVAILABLE_CODES.has(error.code) || UNAVAILABLE_TEXT.test(error.code)) return true;
    if (error instanceof Prisma.PrismaClientKnownRequestError)
      return UNAVAILABLE_TEXT.test(JSON.stringify(error.meta ?? {}));
  }
  return (
    error.name === 'DriverAdapterError' &&
    UNAVAILABLE_TEXT.test(`${error.message} ${JSON.stringify(error.cause ?? {})}`)
  );
}
