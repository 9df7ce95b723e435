import { CHECK_KEYS } from '@gangway/contract/operations';
import type { Operation, StepEffect } from '@gangway/engine/port';
import type { AppContext } from '../../app-context.js';
import { loadTarget } from '../load-target.js';
import { loadGrantsBefore } from './load-grants-before.js';
import { toStepError } from '../to-step-error.js';
import { providerConnectionCheckPlan } from './plan.js';

/** Waiting for Microsoft included. */
const TIMEOUT_MS = 2 * 60 * 60 * 1000;

/** The verification of a connection: every step is one row of the report. It only reads, so there is nothing to undo. */
export function providerConnectionCheckOperation(app: AppContext): Operation {
  const steps = CHECK_KEYS.map((key): [string, StepEffect] => [
    key,
    async ({ run, outputs, signal, attempt, loadOnce }) => {
      try {
        // The journal holds what `check` returned for the rows before.
        const target = await loadOnce('target', () => loadTarget(app, run));
        const grantsBefore =
          key === 'granted_permissions' ? await loadGrantsBefore(app.db, run, outputs) : null;
        return await app.provider.check(key, { ...target, grantsBefore }, outputs, signal, attempt);
      } catch (error) {
        throw toStepError(error, attempt);
      }
    },
  ]);
  return {
    plan: providerConnectionCheckPlan,
    steps: Object.fromEntries(steps),
    compensations: {},
    timeoutMs: TIMEOUT_MS,
  };
}
