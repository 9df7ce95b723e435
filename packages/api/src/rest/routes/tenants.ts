import { runStarted } from '@gangway/contract/provisioning/operation-runs';
import * as contract from '@gangway/contract/provisioning/tenants';
import { createTenant } from '@gangway/domain/provisioning/create-tenant';
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
import { toWaitHeaders, waitForCreation, withoutPassword } from '../../provisioning/wait-for-creation.js';
import { defineRoute } from '../route.js';
import * as examples from './examples.js';

const base = '/provisioning/tenants';
const one = `${base}/{id}`;
const names = { kind: 'tenant', field: 'tenant' } as const;
const nothing = z.strictObject({});
const runLocation = (run: { operation_run_id: string }) =>
  `/api/provisioning/operation-runs/${run.operation_run_id}`;
const state = ['tenant.state_conflict'] as const;

export const tenantRoutes = [
  defineRoute({
    ...{ name: 'tenants.create', method: 'post', path: base, permission: 'tenant:create', status: 201 },
    summary: 'Create a tenant',
    description:
      'The tenant and the run that sets it up are stored together before the answer. Follow the run, or wait for it in the call with `Prefer: wait=N`: its result carries the temporary password once, for the credential that created the tenant.',
    canWait: true,
    conflicts: ['tenant.duplicate', 'user.duplicate', 'idempotency.in_flight'],
    example: {
      client_name: 'Example Corp',
      email: 'admin@example.com',
      phone_number: '+1234567890',
      industry: 'Technology',
    },
    input: contract.newTenant,
    output: contract.createdTenant,
    exampleAnswer: examples.tenant,
    run: async (scope, input, { subjectId, wait }) =>
      waitForCreation(scope, await createTenant(scope, input, subjectId), wait),
    location: ({ tenant }) => `/api${base}/${tenant}`,
    headers: (created, { wait }) => toWaitHeaders(created, wait),
    toReplayed: withoutPassword,
  }),
  defineRoute({
    ...{ name: 'tenants.list', method: 'get', path: base, permission: 'tenant:read', status: 200 },
    summary: 'List tenants, newest first',
    input: contract.tenantQuery,
    output: contract.tenantList,
    exampleAnswer: examples.tenantList,
    run: listTenants,
  }),
  defineRoute({
    ...{ name: 'tenants.get', method: 'get', path: one, permission: 'tenant:read', status: 200, names },
    summary: 'Get a tenant',
    input: nothing,
    output: contract.tenant,
    exampleAnswer: examples.activeTenant,
    run: getTenant,
  }),
  defineRoute({
    ...{
      name: 'tenants.update',
      method: 'patch',
      path: one,
      permission: 'tenant:update',
      status: 200,
      names,
      conflicts: state,
    },
    summary: 'Change a tenant',
    example: { industry: 'Healthcare' },
    input: contract.tenantPatchBody,
    output: contract.tenant,
    exampleAnswer: examples.activeTenant,
    run: updateTenant,
  }),
  defineRoute({
    ...{
      name: 'tenants.replace',
      method: 'put',
      path: one,
      permission: 'tenant:update',
      status: 200,
      names,
      conflicts: state,
    },
    summary: 'Replace what can be changed of a tenant',
    example: { client_name: 'Example Corp', phone_number: null, industry: 'Technology' },
    input: contract.tenantPutBody,
    output: contract.tenant,
    exampleAnswer: examples.activeTenant,
    run: updateTenant,
  }),
  defineRoute({
    ...{
      name: 'tenants.delete',
      method: 'delete',
      path: one,
      permission: 'tenant:delete',
      status: 202,
      names,
      conflicts: state,
    },
    summary: 'Delete a tenant and everything in it',
    description:
      'Starts a run; its workspace is closed at once. Memberships of its workspace end. An account ends with the last membership its person has: GET …/deletion lists both before.',
    input: nothing,
    output: runStarted,
    exampleAnswer: examples.runStarted,
    run: deleteTenant,
    location: runLocation,
  }),
  defineRoute({
    ...{
      name: 'tenants.previewDeletion',
      method: 'get',
      path: `${one}/deletion`,
      permission: 'tenant:delete',
      status: 200,
      names,
    },
    summary: 'List whose memberships and accounts would end with a tenant',
    description: 'A dry run of the deletion: nothing is changed.',
    input: contract.tenantDeletionQuery,
    output: contract.tenantDeletion,
    exampleAnswer: examples.tenantDeletion,
    run: previewTenantDeletion,
  }),
  defineRoute({
    ...{
      name: 'tenants.suspend',
      method: 'post',
      path: `${one}/suspend`,
      permission: 'tenant:update',
      status: 200,
      names,
      conflicts: state,
    },
    summary: 'Suspend a tenant: its workspace can be read and not changed',
    input: nothing,
    output: contract.tenant,
    exampleAnswer: examples.suspendedTenant,
    run: suspendTenant,
  }),
  defineRoute({
    ...{
      name: 'tenants.reactivate',
      method: 'post',
      path: `${one}/reactivate`,
      permission: 'tenant:update',
      status: 200,
      names,
      conflicts: state,
    },
    summary: 'End the suspension of a tenant',
    input: nothing,
    output: contract.tenant,
    exampleAnswer: examples.activeTenant,
    run: reactivateTenant,
  }),
  defineRoute({
    ...{
      name: 'tenants.getConfiguration',
      method: 'get',
      path: `${one}/configuration`,
      permission: 'tenant:read',
      status: 200,
      names,
    },
    summary: "Get a tenant's configuration",
    input: nothing,
    output: contract.configuration,
    exampleAnswer: examples.configuration,
    run: getTenantConfiguration,
  }),
  defineRoute({
    ...{
      name: 'tenants.putConfiguration',
      method: 'put',
      path: `${one}/configuration`,
      permission: 'tenant:update',
      status: 200,
      names,
      conflicts: state,
    },
    summary: "Replace a tenant's configuration",
    example: {
      contract_line: 'professional',
      email_provider: 'resend',
      fallback_enabled: true,
      tracking_enabled: false,
    },
    input: contract.configuration,
    output: contract.configuration,
    exampleAnswer: examples.configuration,
    run: putTenantConfiguration,
  }),
];
