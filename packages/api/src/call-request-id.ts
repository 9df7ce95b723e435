import type { TRPCError } from '@trpc/server';

const requestIds = new WeakMap<TRPCError, string>();

/**
 * Notes the request that an error belongs to, for those that tRPC reports before it has a context: it tells `onError` of each,
 * with its request, just before it formats it. An AsyncLocalStorage would know as well, but on Node 20 the first `run` of one
 * makes every promise of the process cost three times as much from then on.
 */
export const noteRequestId = (error: TRPCError, requestId: string): void =>
  void requestIds.set(error, requestId);

/** The id of the request that an error belongs to. */
export const requestIdOfError = (error: TRPCError): string => requestIds.get(error) ?? 'unknown';
