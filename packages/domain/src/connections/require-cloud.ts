import type { Cloud } from '@gangway/contract/clouds';
import type { RequestScope } from '../access/scope.js';
import { invalidField } from '../errors.js';

/** The emulated cloud can be chosen only where it is served. @throws AppError invalid */
export function requireCloud(scope: RequestScope, cloud: Cloud): void {
  if (cloud === 'sandbox' && !scope.house.sandbox)
    throw invalidField('cloud', 'The sandbox is switched off on this server');
}
