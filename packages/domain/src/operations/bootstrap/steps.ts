import type { BootstrapType } from '@gangway/contract/operation-types';
import type { Operation } from '@gangway/engine/port';
import { ProviderError } from '@gangway/providers/errors';
import type { AppContext } from '../../app-context.js';
import { loadTarget } from '../load-target.js';
import { toStepError } from '../to-step-error.js';
import { bootstrapPlan, type ReadOutput } from './plan.js';
import { storeSnapshot } from './store-snapshot.js';

const TIMEOUT_MS = 60 * 60 * 1000;

/** One bootstrap operation. A licence that the tenant lacks is no failure: the run succeeds and says that it skipped. */
export function bootstrapOperation(app: AppContext, type: BootstrapType): Operation {
  return {
    plan: bootstrapPlan(type),
    steps: {
      read: async ({ run, signal, attempt }): Promise<ReadOutput> => {
        try {
          return {
            skipped: false,
            snapshot: await app.provider.read(type, await loadTarget(app, run), signal, undefined, attempt),
          };
        } catch (error) {
          if (error instanceof ProviderError && error.reasonCode === 'license.missing')
            return { skipped: true, snapshot: null };
          throw toStepError(error, attempt);
        }
      },
      store_snapshot: async ({ run, outputs }) => {
        const { snapshot } = outputs['read'] as ReadOutput;
        if (snapshot) await storeSnapshot(app.db, run, type, snapshot);
        return { stored: snapshot !== null };
      },
    },
    compensations: {},
    timeoutMs: TIMEOUT_MS,
  };
}
