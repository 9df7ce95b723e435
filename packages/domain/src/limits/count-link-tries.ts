import type { PublicScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { countWrong } from './limits.js';
import { toAddressKey } from './to-address-key.js';

const isRefusedLink = (outcome: unknown): boolean =>
  outcome instanceof AppError && (outcome.refusal === 'invalid' || outcome.refusal === 'gone');

/**
 * Does what somebody asks with a mailed link. Whoever tries links that are refused is stopped by their address; a link
 * that is good does not count. @throws AppError too_many, and whatever `use` throws
 */
export async function countLinkTries<T>(scope: PublicScope, use: () => Promise<T>): Promise<T> {
  return countWrong(scope, [['credentials.address', toAddressKey(scope.clientAddress)]], isRefusedLink, use);
}
