import type { SubscribedSku } from '@microsoft/microsoft-graph-types';
import { idIn } from '../directories.js';
import { many, type Read } from './resource.js';

/** Part number, units bought, units used, state. */
const SKUS = [
  ['SPE_E5', 400, 377, 'Enabled'],
  ['SPE_E3', 700, 652, 'Enabled'],
  ['EMSPREMIUM', 50, 12, 'Enabled'],
  ['FLOW_FREE', 10_000, 141, 'Enabled'],
  ['VISIOCLIENT', 0, 0, 'Suspended'],
] as const;

export const readSubscribedSkus: Read = ({ directory }) =>
  many(
    SKUS.map(([skuPartNumber, enabled, consumedUnits, capabilityStatus]): SubscribedSku => {
      const skuId = idIn(directory, `sku ${skuPartNumber}`);
      const prepaidUnits = { enabled, suspended: 0, warning: 0, lockedOut: 0 };
      return {
        id: `${directory.entraTenantId}_${skuId}`,
        skuId,
        skuPartNumber,
        capabilityStatus,
        consumedUnits,
        prepaidUnits,
        appliesTo: 'User',
      };
    }),
  );
