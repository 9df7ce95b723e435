import { SNAPSHOT_LIST_LIMIT, type SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { getFromGraph, type GraphSession } from '../microsoft/graph-session.js';
import { name } from './name.js';

const organizations = z.object({
  value: z.array(
    z.object({
      id: z.string().max(64),
      displayName: name,
      verifiedDomains: z.array(
        z.object({ name, isDefault: z.boolean().nullish(), isInitial: z.boolean().nullish() }),
      ),
    }),
  ),
});

/** Name and verified domains of the tenant. */
export async function readOrganization(
  session: GraphSession,
): Promise<SnapshotData['inventory.organization']> {
  const path = '/organization?$select=id,displayName,verifiedDomains';
  const { value, evidence } = await getFromGraph(session, organizations, { path });
  const [found] = value.value;
  if (!found) throw new ProviderError('provider.unexpected_response', evidence);
  const verifiedDomains = found.verifiedDomains.slice(0, SNAPSHOT_LIST_LIMIT).map((domain) => ({
    name: domain.name,
    isDefault: domain.isDefault ?? false,
    isInitial: domain.isInitial ?? false,
  }));
  return { id: found.id, displayName: found.displayName, verifiedDomains };
}
