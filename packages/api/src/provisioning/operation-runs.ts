import * as contract from '@gangway/contract/provisioning/operation-runs';
import { uuid } from '@gangway/contract/text';
import { getProvisioningRun } from '@gangway/domain/provisioning/get-provisioning-run';
import {
  cancelProvisioningRun,
  resumeProvisioningRun,
  rollBackProvisioningRun,
  updateProvisioningRun,
} from '@gangway/domain/provisioning/steer-run';
import { z } from 'zod';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';

const run = { kind: 'operationRun', field: 'operation_run_id' } as const;
const runRef = z.strictObject({ operation_run_id: uuid });
const readRun = partnerProcedure('tenant:read', run);
const steerRun = partnerProcedure('tenant:update', run);

export const operationRunsRouter = t.router({
  // A mutation, because the first answer about a finished creation uses up the temporary password.
  get: readRun
    .input(runRef)
    .output(contract.operationRun)
    .mutation(({ ctx, input }) => getProvisioningRun(ctx.scope, input)),
  cancel: steerRun
    .input(contract.cancelRun.extend(runRef.shape))
    .output(contract.runStarted)
    .mutation(({ ctx, input }) => cancelProvisioningRun(ctx.scope, input)),
  update: steerRun
    .input(contract.updateRun.extend(runRef.shape))
    .output(contract.runStarted)
    .mutation(({ ctx, input }) => updateProvisioningRun(ctx.scope, input)),
  resume: steerRun
    .input(runRef)
    .output(contract.runStarted)
    .mutation(({ ctx, input }) => resumeProvisioningRun(ctx.scope, input)),
  rollBack: partnerProcedure('tenant:delete', run)
    .input(contract.rollBackRun.extend(runRef.shape))
    .output(contract.rollBack)
    .mutation(({ ctx, input }) => rollBackProvisioningRun(ctx.scope, input)),
});
