import { paths } from '../paths.js';
import { trpcClient } from '../trpc.js';

/** Where signing in leads: the address that was asked for, or straight into the workspace where there is only one. */
export async function findLanding(target: string): Promise<string> {
  if (target !== paths.workspaces()) return target;
  try {
    const { items } = await trpcClient.workspaces.list.query({ limit: 2 });
    const [only, another] = items;
    return only && !another ? paths.home(only.slug) : target;
  } catch {
    // The list itself says what is wrong, and offers to try again.
    return target;
  }
}
