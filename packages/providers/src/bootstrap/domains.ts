import { SNAPSHOT_LIST_LIMIT, type SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import type { GraphSession } from '../microsoft/graph-session.js';
import { listFromGraph } from '../microsoft/pages.js';
import { name } from './name.js';

const domain = z.object({
  id: name,
  isVerified: z.boolean().nullish(),
  isDefault: z.boolean().nullish(),
  authenticationType: name,
});

/** The domains of the tenant, verified or not. A domain's id is its name. */
export async function readDomains(session: GraphSession): Promise<SnapshotData['inventory.domains']> {
  const found = await listFromGraph(session, domain, {
    path: '/domains?$select=id,isVerified,isDefault,authenticationType',
  });
  const domains = found.map(({ id, isVerified, isDefault, authenticationType }) => ({
    name: id,
    isVerified: isVerified ?? false,
    isDefault: isDefault ?? false,
    authenticationType,
  }));
  return {
    total: domains.length,
    verified: domains.filter(({ isVerified }) => isVerified).length,
    domains: domains.slice(0, SNAPSHOT_LIST_LIMIT),
  };
}
