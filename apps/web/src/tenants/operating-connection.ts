import type { Connection } from '@gangway/contract/connections';
import type { ManagedTenant } from '@gangway/contract/managed-tenants';

/** The connection that checks and reads of a tenant run with: its default one, or else its newest. */
export function operatingConnection({ connections }: ManagedTenant): Connection | undefined {
  return connections.find(({ isDefault }) => isDefault) ?? connections.at(-1);
}
