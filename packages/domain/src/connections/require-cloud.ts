import type { Cloud } from '@gangway/contract/clouds';
import { invalidField } from '../errors.js';
import type { AppContext } from '../app-context.js';

/** The emulated cloud can be chosen only where it is served. @throws AppError invalid */
export function requireCloud(scope: { readonly app: Pick<AppContext, 'sandbox'> }, cloud: Cloud): void {
  if (cloud === 'sandbox' && !scope.app.sandbox)
    throw invalidField('cloud', 'The sandbox is switched off on this server');
}
