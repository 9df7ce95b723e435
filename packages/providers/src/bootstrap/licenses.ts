import { SNAPSHOT_LIST_LIMIT, type SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import type { GraphSession } from '../microsoft/graph-session.js';
import { listFromGraph } from '../microsoft/pages.js';
import { name } from './name.js';

const count = z
  .number()
  .int()
  .nullish()
  .transform((value) => Math.max(value ?? 0, 0));
const sku = z.object({
  skuPartNumber: name,
  capabilityStatus: name,
  consumedUnits: count,
  prepaidUnits: z.object({ enabled: count }).nullish(),
});

/** Licences of the tenant: how many there are of each, and how many are used. */
export async function readLicenses(session: GraphSession): Promise<SnapshotData['inventory.licenses']> {
  const path = '/subscribedSkus?$select=skuPartNumber,capabilityStatus,consumedUnits,prepaidUnits';
  const found = await listFromGraph(session, sku, { path });
  const skus = found
    .slice(0, SNAPSHOT_LIST_LIMIT)
    .map(({ skuPartNumber, capabilityStatus, consumedUnits, prepaidUnits }) => ({
      skuPartNumber,
      capabilityStatus,
      enabled: prepaidUnits?.enabled ?? 0,
      consumed: consumedUnits,
    }));
  return { total: found.length, skus };
}
