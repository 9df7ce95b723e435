import { setTimeout as sleep } from 'node:timers/promises';
import { Prisma, type PrismaClient } from './generated/client.js';

export type Transaction = Prisma.TransactionClient;

export interface TransactionOptions {
  readonly isolationLevel?: Prisma.TransactionIsolationLevel;
  /** Milliseconds from its first statement to its commit. */
  readonly timeoutMs?: number;
  readonly maxAttempts?: number;
}

/** SQLSTATEs with which PostgreSQL asks for the transaction to be run again: serialization failure, deadlock. */
const RETRYABLE_STATES = new Set(['40001', '40P01']);

/** Whether PostgreSQL undid the transaction for the sake of another one, so that running it again may succeed. */
export function isSerializationFailure(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (error.code === 'P2034') return true;
    return error.code === 'P2010' && findStates(error.meta).some((state) => RETRYABLE_STATES.has(state));
  }
  return error instanceof Error && findStates(error).some((state) => RETRYABLE_STATES.has(state));
}

// Raw queries carry the SQLSTATE in `meta`, at a depth that depends on the driver adapter.
function findStates(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'code' || key === 'originalCode') && typeof inner === 'string'
      ? [inner]
      : findStates(inner, depth + 1),
  );
}

export async function runInTransaction<T>(
  prisma: PrismaClient,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const maxAttempts = options.maxAttempts ?? 5;
  for (let attempt = 1; ; attempt++) {
    try {
      return await prisma.$transaction(work, {
        ...(options.isolationLevel ? { isolationLevel: options.isolationLevel } : {}),
        ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
      });
    } catch (error) {
      if (attempt >= maxAttempts || !isSerializationFailure(error)) throw error;
      // Full jitter, so that the two that met do not meet again.
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}
