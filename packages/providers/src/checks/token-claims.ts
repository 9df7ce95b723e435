import { readTokenClaims } from '../microsoft/token-claims.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

/** Row 4, a diagnosis: the token is for this tenant and this application. @throws ProviderError */
export async function checkTokenClaims({ session }: CheckContext): Promise<Finding> {
  const { target, tokens, signal } = session;
  const token = await tokens.acquire(target, signal);
  const claims = readTokenClaims(token.accessToken);
  // A token is opaque to clients by rights: one that cannot be read is odd, and no reason to stop.
  if (claims === null)
    return { status: 'warn', reasonCode: 'provider.unexpected_response', evidence: token.evidence };
  const facts = { tokenRoles: claims.roles };
  const isOurs =
    claims.tenantId === target.entraTenantId.toLowerCase() &&
    claims.clientId === target.clientId.toLowerCase();
  return isOurs ? pass(token.evidence, { facts }) : fail('tenant.mismatch', token.evidence, { facts });
}
