import type { Cloud } from '@gangway/contract/clouds';
import { invalidField } from '../errors.js';
import type { House } from '../house.js';

/** The emulated cloud can be chosen only where it is served. @throws AppError invalid */
export function requireCloud(scope: { readonly house: Pick<House, 'sandbox'> }, cloud: Cloud): void {
  if (cloud === 'sandbox' && !scope.house.sandbox)
    throw invalidField('cloud', 'The sandbox is switched off on this server');
}
