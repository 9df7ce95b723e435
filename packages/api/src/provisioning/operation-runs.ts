import * as contract from '@gangway/contract/provisioning/operation-runs';
import { uuid } from '@gangway/contract/text';
import { getProvisioningRun } from '@gangway/domain/provisioning/get-provisioning-run';
import { listProvisioningRuns } from '@gangway/domain/provisioning/list-provisioning-runs';
import {
  cancelProvisioningRun,
  resumeProvisioningRun,
  rollBackProvisioningRun,
  updateProvisioningRun,
} from '@gangway/domain/provisioning/steer-run';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { countStream } from '../count-stream.js';
import { toAfterSeq } from '../after-seq.js';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';
import { idempotent } from './idempotent.js';
import { toOperationRunEvent, toWatcher } from './run-events.js';

// The declaration of `events` names this type, so it has to be reachable by an import.
export type { TrackedData } from '@trpc/server/unstable-core-do-not-import';

const run = { kind: 'operationRun', field: 'operation_run_id' } as const;
const runRef = z.strictObject({ operation_run_id: uuid });
const readRun = partnerProcedure('tenant:read', run);
const steerRun = partnerProcedure('tenant:update', run);

export const operationRunsRouter = t.router({
  /** List operation runs, newest first. Without their steps and results: get a run for those. */
  list: partnerProcedure('tenant:read')
    .input(contract.operationRunQuery)
    .output(contract.operationRunList)
    .query(({ ctx, input }) => listProvisioningRuns(ctx.scope, input)),
  // A mutation, because the first answer about a finished creation uses up the temporary password.
  /**
   * Get an operation run. The first answer with `status: succeeded` that goes to the credential which
   * started a creation carries `result.temporary_password`; after that it is null.
   */
  get: readRun
    .input(runRef)
    .output(contract.operationRun)
    .mutation(({ ctx, input }) => getProvisioningRun(ctx.scope, input)),
  /**
   * Follow a run: its events as they happen. Goes on after `lastEventId`. `watchRun` of the client does
   * this with a loop.
   */
  events: readRun.input(contract.watchRun).subscription(async function* ({ ctx, input, signal }) {
    const until = signal ?? new AbortController().signal;
    const after = toAfterSeq(input.lastEventId);
    const events = ctx.watch(toWatcher(ctx.scope), input.operation_run_id, after, until);
    const counted = countStream(ctx.app, { kind: 'partner', id: ctx.scope.partnerId }, events);
    for await (const event of counted)
      yield tracked(String(event.seq), { kind: event.kind, ...toOperationRunEvent(event) });
  }),
  /** Cancel a run: what it created is removed. */
  cancel: steerRun
    .input(contract.cancelRun.extend(runRef.shape))
    .output(contract.runStarted)
    .mutation(idempotent(cancelProvisioningRun)),
  /** Change a parameter that the run has not used yet. */
  update: steerRun
    .input(contract.updateRun.extend(runRef.shape))
    .output(contract.runStarted)
    .mutation(idempotent(updateProvisioningRun)),
  /** Go on with a parked run from the step that failed. */
  resume: steerRun.input(runRef).output(contract.runStarted).mutation(idempotent(resumeProvisioningRun)),
  /** Roll a parked run back, or list what that would delete. */
  rollBack: partnerProcedure('tenant:delete', run)
    .input(contract.rollBackRun.extend(runRef.shape))
    .output(contract.rollBack)
    .mutation(idempotent(rollBackProvisioningRun)),
});
