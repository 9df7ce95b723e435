import { X509Certificate } from 'node:crypto';
import type { Credential } from '@gangway/contract/connections';
import type { Evidence } from '@gangway/contract/operations';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { getFromGraph, type GraphSession } from '../microsoft/graph-session.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

const WARN_MS = 30 * 24 * 3_600_000;
const end = z.iso.datetime({ offset: true }).nullish();
const credentials = z.object({
  passwordCredentials: z.array(z.object({ endDateTime: end, hint: z.string().nullish() })).default([]),
  keyCredentials: z
    .array(z.object({ endDateTime: end, customKeyIdentifier: z.string().nullish() }))
    .default([]),
});

/** Row 9: the credential lasts for more than 30 days. @throws ProviderError */
export async function checkCredentialExpiry({ session }: CheckContext): Promise<Finding> {
  const { target, config } = session;
  const now = config.now().getTime();
  try {
    const registered = await readEnd(session, 'applications', now);
    const found = registered.endsAt === null ? await readEnd(session, 'servicePrincipals', now) : registered;
    return assess(found.endsAt ?? target.expiresAt, found.evidence, now);
  } catch (error) {
    const isRefused = error instanceof ProviderError && error.reasonCode === 'permission.missing';
    if (!isRefused || target.expiresAt === null) throw error;
    return assess(target.expiresAt, error.evidence, now);
  }
}

/**
 * The end of the credential in use, as the app registration lists it or the service principal, which may carry some of
 * its own. Null: it is not there, or the registration lives in another tenant (404).
 */
async function readEnd(
  session: GraphSession,
  collection: 'applications' | 'servicePrincipals',
  now: number,
): Promise<{ readonly endsAt: string | null; readonly evidence: Evidence | null }> {
  const { clientId, credential } = session.target;
  // Microsoft answers for key credentials 150 times a minute and tenant, for everybody together.
  const list = credential?.kind === 'certificate' ? 'keyCredentials' : 'passwordCredentials';
  const path = `/${collection}(appId='${clientId}')?$select=${list}`;
  try {
    const { value, evidence } = await getFromGraph(session, credentials, { path });
    return { endsAt: findEnd(value, credential, now), evidence };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.evidence?.httpStatus !== 404) throw error;
    return { endsAt: null, evidence: error.evidence };
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
  app: z.infer<typeof credentials>,
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
