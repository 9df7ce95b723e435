import { BOOTSTRAP_TYPES, type BootstrapType } from '@gangway/contract/operation-types';
import type { Operation, Registry } from '@gangway/engine/port';
import type { AppContext } from '../app-context.js';
import { bootstrapOperation } from './bootstrap/steps.js';
import { providerConnectionCheckOperation } from './provider-connection-check/steps.js';
import { tenantCreateOperation } from './tenant-create/steps.js';
import { tenantDeleteOperation } from './tenant-delete/steps.js';

/** Every operation with its effects, over the app context. */
export function createRegistry(app: AppContext): Registry {
  const bootstrap = Object.fromEntries(BOOTSTRAP_TYPES.map((type) => [type, bootstrapOperation(app, type)]));
  return {
    'provider.connection.check': providerConnectionCheckOperation(app),
    ...(bootstrap as Record<BootstrapType, Operation>),
    'tenant.create': tenantCreateOperation(app),
    'tenant.delete': tenantDeleteOperation(app),
  };
}
