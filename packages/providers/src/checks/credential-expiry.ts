import { X509Certificate } from 'node:crypto';
import type { Credential } from '@gangway/contract/connections';
import type { Evidence } from '@gangway/contract/operations';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { getFromGraph } from '../microsoft/graph-session.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

const WARN_MS = 30 * 24 * 3_600_000;
const end = z.iso.datetime({ offset: true }).nullish();
const application = z.object({
  passwordCredentials: z.array(z.object({ endDateTime: end, hint: z.string().nullish() })).default([]),
  keyCredentials: z
    .array(z.object({ endDateTime: end, customKeyIdentifier: z.string().nullish() }))
    .default([]),
});

/** Row 9: the credential lasts for more than 30 days. @throws ProviderError */
export async function checkCredentialExpiry({ session }: CheckContext): Promise<Finding> {
  const { target, config } = session;
  // Microsoft answers for key credentials 150 times a minute and tenant, for everybody together.
  const list = target.credential?.kind === 'certificate' ? 'keyCredentials' : 'passwordCredentials';
  const path = `/applications(appId='${target.clientId}')?$select=${list}`;
  const now = config.now().getTime();
  try {
    const { value, evidence } = await getFromGraph(session, application, { path });
    return assess(findEnd(value, target.credential, now) ?? target.expiresAt, evidence, now);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // 404: the app registration lives in another tenant, and what we were told is all there is to know.
    if (
      error.evidence?.httpStatus === 404 ||
      (error.reasonCode === 'permission.missing' && target.expiresAt !== null)
    ) {
      return assess(target.expiresAt, error.evidence, now);
    }
    throw error;
  }
}

function assess(endsAt: string | null, evidence: Evidence | null, now: number): Finding {
  if (endsAt === null) {
    const remedy =
      'Its end cannot be read from this tenant. Enter the expiry date with the credential to be warned in time.';
    return { status: 'skipped', reasonCode: null, remedy, evidence };
  }
  const facts = { credentialExpiresAt: new Date(endsAt).toISOString() };
  const leftMs = Date.parse(endsAt) - now;
  if (leftMs <= 0) return fail('credential.expired', evidence, { facts });
  if (leftMs > WARN_MS) return pass(evidence, { facts });
  return { status: 'warn', reasonCode: 'credential.expiring', evidence, facts };
}

/**
 * The end of the credential in use. Of a secret the directory shows its first three characters, of a certificate its
 * SHA-1 thumbprint. Several that fit: the one that ends first, for a warning too early is better than one too late.
 * Those that have ended cannot be meant, since the sign-in has succeeded.
 */
function findEnd(
  app: z.infer<typeof application>,
  credential: Credential | null,
  now: number,
): string | null {
  const fitting = (() => {
    switch (credential?.kind) {
      case 'client_secret':
        return app.passwordCredentials.filter(
          ({ hint }) => !hint || credential.clientSecret.startsWith(hint),
        );
      case 'certificate': {
        const sha1 = new X509Certificate(credential.certificatePem).fingerprint.replaceAll(':', '');
        return app.keyCredentials.filter(({ customKeyIdentifier: id }) => id && toHex(id) === sha1);
      }
      default:
        return [];
    }
  })();
  const ends = fitting.flatMap(({ endDateTime }) =>
    endDateTime && Date.parse(endDateTime) > now ? [endDateTime] : [],
  );
  return ends.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

/** Graph writes the thumbprint in base64; some tools have stored it as hex. */
function toHex(thumbprint: string): string {
  const isHex = /^[0-9a-f]{40}$/i.test(thumbprint);
  return (isHex ? thumbprint : Buffer.from(thumbprint, 'base64').toString('hex')).toUpperCase();
}
