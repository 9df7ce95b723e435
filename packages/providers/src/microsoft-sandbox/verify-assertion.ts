import { decodeProtectedHeader, jwtVerify } from 'jose';
import { thumbprint } from '../microsoft/client-assertion.js';
import { SANDBOX_CLIENT_ID } from './directories.js';
import type { SandboxContext } from './sandbox-context.js';
import type { TokenRefusal } from './scenarios.js';

const REJECTED: TokenRefusal = { error: 'invalid_client', aadsts: 700027 };
const OUT_OF_TIME: TokenRefusal = { error: 'invalid_client', aadsts: 700024 };

/** Null where the assertion is signed by a registered certificate, for this endpoint, now. */
export async function verifyAssertion(
  ctx: SandboxContext,
  assertion: string,
  audience: string,
): Promise<TokenRefusal | null> {
  try {
    const print = decodeProtectedHeader(assertion)['x5t#S256'];
    const certificate = ctx.certificates.find((candidate) => thumbprint(candidate) === print);
    if (!certificate) return REJECTED;
    await jwtVerify(assertion, certificate.publicKey, {
      algorithms: ['PS256'],
      audience,
      issuer: SANDBOX_CLIENT_ID,
      subject: SANDBOX_CLIENT_ID,
      requiredClaims: ['jti', 'exp', 'nbf'],
      currentDate: ctx.now(),
    });
    return null;
  } catch (error) {
    const isLate = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
    return isLate ? OUT_OF_TIME : REJECTED;
  }
}
