import type { PublicScope } from '../access/scope.js';
import { returnPoints, takePoints } from './limits.js';
import { toAddressKey } from './to-address-key.js';

/**
 * Does what somebody asks with a mailed link. Whoever tries links that are refused is stopped by their address; a link
 * that is good does not count. @throws AppError too_many, and whatever `use` throws
 */
export async function countLinkTries<T>(scope: PublicScope, use: () => Promise<T>): Promise<T> {
  const limit = ['credentials.address', toAddressKey(scope.clientAddress)] as const;
  await takePoints(scope, limit);
  const done = await use();
  await returnPoints(scope, limit);
  return done;
}
