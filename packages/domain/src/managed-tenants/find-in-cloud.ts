/**
 * The managed tenant of a cloud, out of those with one Entra tenant id in a workspace (decision 035). One whose cloud is not
 * known yet may be the one that is meant; so may the first of all, for a client that names no cloud.
 */
export function findInCloud<T extends { readonly cloud: string | null }>(
  tenants: readonly T[],
  cloud: string | null,
): T | undefined {
  const found =
    tenants.find((tenant) => tenant.cloud === cloud) ?? tenants.find((tenant) => tenant.cloud === null);
  return found ?? (cloud === null ? tenants[0] : undefined);
}
