import { AppError } from '@gangway/domain/errors';
import type { AppContext } from '@gangway/domain/app-context';
import type { StreamOwnerKind } from '@gangway/domain/limits/stream-limits';
import { toTrpcError } from './errors.js';

/**
 * Passes on an event stream of a procedure, which counts as one of its owner's until it ends.
 * @throws TRPCError TOO_MANY_REQUESTS where the owner has as many as may be; it travels in the stream
 */
export async function* countStream<T>(
  { streamLimits }: AppContext,
  owner: { readonly kind: StreamOwnerKind; readonly id: string },
  events: AsyncIterable<T>,
): AsyncGenerator<T> {
  const close = open(streamLimits, owner);
  try {
    yield* events;
  } finally {
    close();
  }
}

function open(
  limits: AppContext['streamLimits'],
  { kind, id }: { kind: StreamOwnerKind; id: string },
): () => void {
  try {
    return limits.open(kind, id);
  } catch (error) {
    throw error instanceof AppError ? toTrpcError(error) : error;
  }
}
