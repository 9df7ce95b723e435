import { BOOTSTRAP_TYPES, type BootstrapType } from '@gangway/contract/operation-types';
import type { Operation, Registry } from '@gangway/engine/step';
import type { House } from '../house.js';
import { bootstrapOperation } from './bootstrap/steps.js';
import { providerConnectionCheckOperation } from './provider-connection-check/steps.js';
import { tenantCreateOperation } from './tenant-create/steps.js';
import { tenantDeleteOperation } from './tenant-delete/steps.js';

/** Every operation with its effects, over what the house is made of. */
export function createRegistry(house: House): Registry {
  const bootstrap = Object.fromEntries(
    BOOTSTRAP_TYPES.map((type) => [type, bootstrapOperation(house, type)]),
  );
  return {
    'provider.connection.check': providerConnectionCheckOperation(house),
    ...(bootstrap as Record<BootstrapType, Operation>),
    'tenant.create': tenantCreateOperation(house),
    'tenant.delete': tenantDeleteOperation(house),
  };
}
