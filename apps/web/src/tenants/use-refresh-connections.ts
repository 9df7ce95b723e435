import { trpc } from '../trpc.js';

/** Everything that shows a connection, read again. */
export function useRefreshConnections(): () => Promise<void> {
  const utils = trpc.useUtils();
  return async () => {
    await Promise.all([
      utils.managedTenants.get.invalidate(),
      utils.connections.invalidate(),
      utils.onboarding.get.invalidate(),
      // What can run here follows from the verification of the connection as it is now.
      utils.operations.types.invalidate(),
      utils.audit.list.invalidate(),
    ]);
  };
}
