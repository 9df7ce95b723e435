import { AsyncLocalStorage } from 'node:async_hooks';

const requestIds = new AsyncLocalStorage<string>();

/** Does `work` with the id of its request at hand for errors that tRPC reports before it has a context. */
export const withCallRequestId = <T>(requestId: string, work: () => T): T => requestIds.run(requestId, work);

/** The id of the request that is being answered. */
export const callRequestId = (): string => requestIds.getStore() ?? 'unknown';
