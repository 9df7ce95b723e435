import * as managedTenants from '@gangway/contract/managed-tenants';
import { discoverTenant } from '@gangway/domain/managed-tenants/discover-tenant';
import { getManagedTenant } from '@gangway/domain/managed-tenants/get-managed-tenant';
import { listManagedTenants } from '@gangway/domain/managed-tenants/list-managed-tenants';
import { workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

export const managedTenantsRouter = t.router({
  // Discovery asks Microsoft on the caller's behalf, so it needs the capability that the wizard needs.
  discover: workspaceProcedure('onboarding:run')
    .input(managedTenants.discover.in)
    .output(managedTenants.discover.out)
    .query(({ ctx, input, signal }) => discoverTenant(ctx.scope, input, signal)),
  list: workspaceProcedure('workspace:read')
    .input(managedTenants.list.in)
    .output(managedTenants.list.out)
    .query(({ ctx, input }) => listManagedTenants(ctx.scope, input)),
  get: workspaceProcedure('workspace:read')
    .input(managedTenants.get.in)
    .output(managedTenants.get.out)
    .query(({ ctx, input }) => getManagedTenant(ctx.scope, input)),
});
