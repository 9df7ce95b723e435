import { bulkResult, bulkRows } from '@gangway/contract/provisioning/bulk';
import { runStarted } from '@gangway/contract/provisioning/operation-runs';
import * as contract from '@gangway/contract/provisioning/tenants';
import { uuid } from '@gangway/contract/text';
import { createTenant } from '@gangway/domain/provisioning/create-tenant';
import { createTenants } from '@gangway/domain/provisioning/create-tenants';
import { deleteTenant } from '@gangway/domain/provisioning/delete-tenant';
import { getTenant } from '@gangway/domain/provisioning/get-tenant';
import { listTenants } from '@gangway/domain/provisioning/list-tenants';
import { previewTenantDeletion } from '@gangway/domain/provisioning/preview-tenant-deletion';
import { reactivateTenant } from '@gangway/domain/provisioning/reactivate-tenant';
import { suspendTenant } from '@gangway/domain/provisioning/suspend-tenant';
import {
  getTenantConfiguration,
  putTenantConfiguration,
} from '@gangway/domain/provisioning/tenant-configuration';
import { updateTenant } from '@gangway/domain/provisioning/update-tenant';
import { z } from 'zod';
import { toRowErrors } from '../errors.js';
import { partnerProcedure } from '../procedures.js';
import { toWaitOfCall } from '../run-wait.js';
import { t } from '../trpc.js';
import { idempotent } from './idempotent.js';
import { toWaitHeaders, waitForCreation, withoutPassword } from './wait-for-creation.js';

const tenant = { kind: 'tenant', field: 'tenant' } as const;
const tenantRef = z.strictObject({ tenant: uuid });
const readTenant = partnerProcedure('tenant:read', tenant);
const changeTenant = partnerProcedure('tenant:update', tenant);

export const tenantsRouter = t.router({
  /**
   * Create a tenant. The tenant and the run that sets it up are stored together before the answer.
   * Follow the run, or wait for it in the call (`preferWait` of the client): its result carries the
   * temporary password once, for the credential that created the tenant.
   */
  create: partnerProcedure('tenant:create')
    .input(contract.newTenant)
    .output(contract.createdTenant)
    .mutation((call) => {
      const wait = toWaitOfCall(call);
      const create = async (...creation: Parameters<typeof createTenant>) =>
        waitForCreation(call.ctx.scope, await createTenant(...creation), wait);
      const headers = (created: contract.CreatedTenant) => toWaitHeaders(created, wait);
      return idempotent(create, { headers, toReplayed: withoutPassword })(call);
    }),
  /**
   * Create up to 10,000 tenants. A refused row never stops another. The body has at most 1 MB here: send
   * larger files to the address.
   */
  bulk: partnerProcedure('tenant:create')
    .input(bulkRows)
    .output(bulkResult)
    .mutation((call) => {
      const onUnexpected = (error: unknown) => call.ctx.onUnexpected(error, call.path);
      return idempotent((scope, rows: typeof call.input, subjectId) =>
        createTenants(scope, rows, { toFieldErrors: toRowErrors, onUnexpected, subjectId }),
      )(call);
    }),
  /** List tenants, newest first. */
  list: partnerProcedure('tenant:read')
    .input(contract.tenantQuery)
    .output(contract.tenantList)
    .query(({ ctx, input }) => listTenants(ctx.scope, input)),
  /** Get a tenant. */
  get: readTenant
    .input(tenantRef)
    .output(contract.tenant)
    .query(({ ctx, input }) => getTenant(ctx.scope, input)),
  /** Change a tenant. */
  update: changeTenant
    .input(contract.tenantPatch.extend(tenantRef.shape))
    .output(contract.tenant)
    .mutation(({ ctx, input }) => updateTenant(ctx.scope, input)),
  /** Replace what can be changed of a tenant. */
  replace: changeTenant
    .input(contract.tenantPut.extend(tenantRef.shape))
    .output(contract.tenant)
    .mutation(({ ctx, input }) => updateTenant(ctx.scope, input)),
  /** Delete a tenant and everything in it. Starts a run; its workspace is closed at once. */
  delete: partnerProcedure('tenant:delete', tenant)
    .input(tenantRef)
    .output(runStarted)
    .mutation(({ ctx, input }) => deleteTenant(ctx.scope, input)),
  /** List whose memberships and accounts would end with a tenant. */
  previewDeletion: partnerProcedure('tenant:delete', tenant)
    .input(contract.tenantDeletionQuery.extend(tenantRef.shape))
    .output(contract.tenantDeletion)
    .query(({ ctx, input }) => previewTenantDeletion(ctx.scope, input)),
  /** Suspend a tenant: its workspace can be read and not changed. */
  suspend: changeTenant.input(tenantRef).output(contract.tenant).mutation(idempotent(suspendTenant)),
  /** End the suspension of a tenant. */
  reactivate: changeTenant.input(tenantRef).output(contract.tenant).mutation(idempotent(reactivateTenant)),
  /** Get a tenant's configuration. */
  getConfiguration: readTenant
    .input(tenantRef)
    .output(contract.configuration)
    .query(({ ctx, input }) => getTenantConfiguration(ctx.scope, input)),
  /** Replace a tenant's configuration. */
  putConfiguration: changeTenant
    .input(contract.configuration.extend(tenantRef.shape))
    .output(contract.configuration)
    .mutation(({ ctx, input }) => putTenantConfiguration(ctx.scope, input)),
});
