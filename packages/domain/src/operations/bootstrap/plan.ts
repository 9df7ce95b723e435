import type { BootstrapType } from '@gangway/contract/operation-types';
import type { JsonObject, Plan } from '@gangway/engine/plan';
import { PROVIDER_RETRY } from '../provider-retry.js';

/** A bootstrap operation: read from Microsoft, then keep what was read as a snapshot. */
export function bootstrapPlan(type: BootstrapType): Plan {
  return {
    type,
    steps: [
      {
        name: 'read',
        title: 'Read from Microsoft',
        progress: [0, 90],
        timeoutMs: 300_000,
        retry: PROVIDER_RETRY,
      },
      { name: 'store_snapshot', title: 'Store the snapshot', progress: [90, 100] },
    ],
    outcome: (_input, outputs) => {
      const read = outputs['read'] as ReadOutput | undefined;
      if (read?.skipped) {
        return {
          status: 'succeeded',
          reasonCode: null,
          message: null,
          warnings: [
            { reasonCode: 'license.missing', message: 'Skipped: the tenant has no licence for this' },
          ],
          result: { skipped: true },
        };
      }
      return {
        status: 'succeeded',
        reasonCode: null,
        message: null,
        warnings: [],
        result: read?.snapshot ?? null,
      };
    },
  };
}

/** What the step `read` journals. */
export type ReadOutput =
  | { readonly skipped: true; readonly snapshot: null }
  | { readonly skipped: false; readonly snapshot: JsonObject };
