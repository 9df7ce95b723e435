import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import type { Credential } from '@gangway/contract/connections';
import { importPKCS8, SignJWT } from 'jose';
import { ProviderError } from '../errors.js';

/** Long enough for a slow clock, short enough for a stolen assertion to be useless soon. */
const LIFETIME_S = 300;

export interface AssertionRequest {
  readonly credential: Extract<Credential, { kind: 'certificate' }>;
  readonly clientId: string;
  /** The token endpoint. */
  readonly audience: string;
  readonly now: Date;
}

/**
 * A signed client assertion (PS256, `x5t#S256`). Source: Microsoft Learn, "Application authentication certificate
 * credentials".
 * @throws ProviderError `credential.unusable` if certificate or key cannot sign; nobody was asked then
 */
export async function signClientAssertion({
  credential,
  clientId,
  audience,
  now,
}: AssertionRequest): Promise<string> {
  try {
    const certificate = new X509Certificate(credential.certificatePem);
    const pkcs8 = createPrivateKey(credential.privateKeyPem)
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const issuedAt = Math.floor(now.getTime() / 1_000);
    return await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint(certificate) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt - 5)
      .setExpirationTime(issuedAt + LIFETIME_S)
      .sign(await importPKCS8(pkcs8, 'PS256'));
  } catch {
    // Whatever was wrong may quote key material, so the cause is dropped.
    throw new ProviderError('credential.unusable', null);
  }
}

/** SHA-256 of the certificate's DER form, base64url: the JOSE header `x5t#S256`. */
export function thumbprint(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('base64url');
}
