/** The partner plane as procedures: the schemas, the verbs and the door are those of REST. */
import * as provisioning from '@gangway/contract/provisioning';
import { uuid } from '@gangway/contract/text';
import { revokeApiKey, rotateApiKey, updateApiKey } from '@gangway/domain/api-keys/change-api-key';
import { createApiKey } from '@gangway/domain/api-keys/create-api-key';
import { getApiKey, listApiKeys } from '@gangway/domain/api-keys/list-api-keys';
import { createTenant } from '@gangway/domain/provisioning/create-tenant';
import { deleteTenant } from '@gangway/domain/provisioning/delete-tenant';
import { getAnalytics } from '@gangway/domain/provisioning/get-analytics';
import { getProvisioningRun } from '@gangway/domain/provisioning/get-provisioning-run';
import { getTenant } from '@gangway/domain/provisioning/get-tenant';
import { listTenants } from '@gangway/domain/provisioning/list-tenants';
import { reactivateTenant } from '@gangway/domain/provisioning/reactivate-tenant';
import {
  cancelProvisioningRun,
  resumeProvisioningRun,
  rollBackProvisioningRun,
  updateProvisioningRun,
} from '@gangway/domain/provisioning/steer-run';
import { suspendTenant } from '@gangway/domain/provisioning/suspend-tenant';
import {
  getTenantConfiguration,
  putTenantConfiguration,
} from '@gangway/domain/provisioning/tenant-configuration';
import { updateTenant } from '@gangway/domain/provisioning/update-tenant';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  updateWebhook,
} from '@gangway/domain/webhooks/manage-webhooks';
import { listDeliveries, redeliver, testWebhook } from '@gangway/domain/webhooks/webhook-deliveries';
import { z } from 'zod';
import { partnerProcedure } from './procedures.js';
import { t } from './trpc.js';

const tenant = { kind: 'tenant', field: 'tenant' } as const;
const run = { kind: 'operationRun', field: 'operation_run_id' } as const;
const key = { kind: 'apiKey', field: 'id' } as const;
const tenantRef = z.strictObject({ tenant: uuid });
const runRef = z.strictObject({ operation_run_id: uuid });
const keyRef = z.strictObject({ id: uuid });

const readTenant = partnerProcedure('tenant:read', tenant);
const changeTenant = partnerProcedure('tenant:update', tenant);
const readRun = partnerProcedure('tenant:read', run);
const steerRun = partnerProcedure('tenant:update', run);
const oneWebhook = partnerProcedure('webhook:manage', { kind: 'webhook', field: 'id' });
const oneKey = partnerProcedure('api-key:manage', key);

const tenants = t.router({
  create: partnerProcedure('tenant:create')
    .input(provisioning.newTenant)
    .output(provisioning.tenant)
    .mutation(({ ctx, input }) => createTenant(ctx.scope, input)),
  list: partnerProcedure('tenant:read')
    .input(provisioning.tenantQuery)
    .output(provisioning.tenantList)
    .query(({ ctx, input }) => listTenants(ctx.scope, input)),
  get: readTenant
    .input(tenantRef)
    .output(provisioning.tenant)
    .query(({ ctx, input }) => getTenant(ctx.scope, input)),
  update: changeTenant
    .input(provisioning.tenantPatch.extend(tenantRef.shape))
    .output(provisioning.tenant)
    .mutation(({ ctx, input }) => updateTenant(ctx.scope, input)),
  replace: changeTenant
    .input(provisioning.tenantPut.extend(tenantRef.shape))
    .output(provisioning.tenant)
    .mutation(({ ctx, input }) => updateTenant(ctx.scope, input)),
  delete: partnerProcedure('tenant:delete', tenant)
    .input(tenantRef)
    .output(provisioning.runStarted)
    .mutation(({ ctx, input }) => deleteTenant(ctx.scope, input)),
  suspend: changeTenant
    .input(tenantRef)
    .output(provisioning.tenant)
    .mutation(({ ctx, input }) => suspendTenant(ctx.scope, input)),
  reactivate: changeTenant
    .input(tenantRef)
    .output(provisioning.tenant)
    .mutation(({ ctx, input }) => reactivateTenant(ctx.scope, input)),
  getConfiguration: readTenant
    .input(tenantRef)
    .output(provisioning.configuration)
    .query(({ ctx, input }) => getTenantConfiguration(ctx.scope, input)),
  putConfiguration: changeTenant
    .input(provisioning.configuration.extend(tenantRef.shape))
    .output(provisioning.configuration)
    .mutation(({ ctx, input }) => putTenantConfiguration(ctx.scope, input)),
});

const operationRuns = t.router({
  // A mutation, because the first answer about a finished creation uses up the temporary password.
  get: readRun
    .input(runRef)
    .output(provisioning.operationRun)
    .mutation(({ ctx, input }) => getProvisioningRun(ctx.scope, input)),
  cancel: steerRun
    .input(provisioning.cancelRun.extend(runRef.shape))
    .output(provisioning.runStarted)
    .mutation(({ ctx, input }) => cancelProvisioningRun(ctx.scope, input)),
  update: steerRun
    .input(provisioning.updateRun.extend(runRef.shape))
    .output(provisioning.runStarted)
    .mutation(({ ctx, input }) => updateProvisioningRun(ctx.scope, input)),
  resume: steerRun
    .input(runRef)
    .output(provisioning.runStarted)
    .mutation(({ ctx, input }) => resumeProvisioningRun(ctx.scope, input)),
  rollBack: partnerProcedure('tenant:delete', run)
    .input(provisioning.rollBackRun.extend(runRef.shape))
    .output(provisioning.rollBack)
    .mutation(({ ctx, input }) => rollBackProvisioningRun(ctx.scope, input)),
});

const apiKeys = t.router({
  create: partnerProcedure('api-key:manage')
    .input(provisioning.newApiKey)
    .output(provisioning.createdApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx.scope, input)),
  list: partnerProcedure('api-key:manage')
    .input(provisioning.pageQuery)
    .output(provisioning.apiKeyList)
    .query(({ ctx, input }) => listApiKeys(ctx.scope, input)),
  get: oneKey
    .input(keyRef)
    .output(provisioning.apiKey)
    .query(({ ctx, input }) => getApiKey(ctx.scope, input)),
  update: oneKey
    .input(provisioning.apiKeyPatch.extend(keyRef.shape))
    .output(provisioning.apiKey)
    .mutation(({ ctx, input }) => updateApiKey(ctx.scope, input)),
  revoke: oneKey.input(keyRef).mutation(({ ctx, input }) => revokeApiKey(ctx.scope, input)),
  rotate: oneKey
    .input(provisioning.rotateApiKey.extend(keyRef.shape))
    .output(provisioning.createdApiKey)
    .mutation(({ ctx, input }) => rotateApiKey(ctx.scope, input)),
});

const analytics = t.router({
  get: partnerProcedure('analytics:read')
    .input(provisioning.analyticsQuery)
    .output(provisioning.analytics)
    .query(({ ctx, input }) => getAnalytics(ctx.scope, input)),
});

const webhooks = t.router({
  create: partnerProcedure('webhook:manage')
    .input(provisioning.newWebhook)
    .output(provisioning.createdWebhook)
    .mutation(({ ctx, input }) => createWebhook(ctx.scope, input)),
  list: partnerProcedure('webhook:manage')
    .input(provisioning.pageQuery)
    .output(provisioning.webhookList)
    .query(({ ctx, input }) => listWebhooks(ctx.scope, input)),
  get: oneWebhook
    .input(keyRef)
    .output(provisioning.webhook)
    .query(({ ctx, input }) => getWebhook(ctx.scope, input)),
  update: oneWebhook
    .input(provisioning.webhookPatch.extend(keyRef.shape))
    .output(provisioning.webhook)
    .mutation(({ ctx, input }) => updateWebhook(ctx.scope, input)),
  delete: oneWebhook.input(keyRef).mutation(({ ctx, input }) => deleteWebhook(ctx.scope, input)),
  test: oneWebhook
    .input(keyRef)
    .output(provisioning.webhookDelivery)
    .mutation(({ ctx, input }) => testWebhook(ctx.scope, input)),
  deliveries: oneWebhook
    .input(provisioning.pageQuery.extend(keyRef.shape))
    .output(provisioning.webhookDeliveryList)
    .query(({ ctx, input }) => listDeliveries(ctx.scope, input)),
  redeliver: partnerProcedure('webhook:manage', { kind: 'webhookDelivery', field: 'id' })
    .input(keyRef)
    .output(provisioning.webhookDelivery)
    .mutation(({ ctx, input }) => redeliver(ctx.scope, input)),
});

export const provisioningRouter = t.router({ tenants, operationRuns, apiKeys, webhooks, analytics });
