import { useWorkspace } from '../shell/workspace-context.js';
import { trpc } from '../trpc.js';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The managed tenants of the workspace for a filter, by name; with the chosen one, whatever page of the list it is on. */
export function useTenantOptions(chosen: string | undefined): readonly Option[] {
  const { id: workspaceId } = useWorkspace();
  const list = trpc.managedTenants.list.useQuery({ workspaceId, limit: 100 }, { staleTime: 30_000 });
  const options = (list.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isMissing =
    chosen !== undefined && list.data !== undefined && !options.some(({ value }) => value === chosen);
  const one = trpc.managedTenants.get.useQuery(
    { workspaceId, managedTenantId: chosen ?? '' },
    { enabled: isMissing, retry: false },
  );
  const more = isMissing && chosen ? [{ value: chosen, label: one.data?.name ?? chosen }] : [];
  return [...options.toSorted((left, right) => left.label.localeCompare(right.label)), ...more];
}
