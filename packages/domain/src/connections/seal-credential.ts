import { X509Certificate } from 'node:crypto';
import type { Credential, CredentialInput } from '@gangway/contract/connections';
import type { KeyRing } from '../secrets/key-ring.js';
import { seal, type Place } from '../secrets/seal.js';
import { readCertificate } from './certificate/read-certificate.js';

export interface SealedCredential {
  readonly kind: Credential['kind'];
  readonly ciphertext: string;
  readonly keyId: string;
  /** Enough to recognise the credential by, too little to use it. */
  readonly hint: string;
  readonly expiresAt: Date | null;
}

/** Where a connection's credential stands. */
export const credentialPlace = (workspaceId: string, providerConnectionId: string): Place => ({
  owner: workspaceId,
  row: providerConnectionId,
  field: 'credential',
});

/** Checks a credential, takes its hint and its end from it, and encrypts it for its place. @throws AppError invalid */
export async function sealCredential(
  ring: KeyRing,
  place: Place,
  input: CredentialInput,
): Promise<SealedCredential> {
  const credential: Credential =
    input.kind === 'certificate' ? { kind: input.kind, ...readCertificate(input) } : input;
  return {
    kind: credential.kind,
    ...describeCredential(credential),
    ...(await seal(ring, place, JSON.stringify(credential))),
  };
}

function describeCredential(credential: Credential): { hint: string; expiresAt: Date | null } {
  switch (credential.kind) {
    case 'client_secret': {
      const { clientSecret, expiresAt } = credential;
      const characters = Array.from(clientSecret);
      // The end of a short secret would be a good part of it.
      const hint =
        characters.length >= 12 ? `Secret ending in …${characters.slice(-4).join('')}` : 'Short secret';
      return { hint, expiresAt: expiresAt === undefined ? null : new Date(expiresAt) };
    }
    case 'certificate': {
      const certificate = new X509Certificate(credential.certificatePem);
      return {
        hint: `Certificate ending in …${certificate.fingerprint256.slice(-11)}`,
        expiresAt: new Date(certificate.validTo),
      };
    }
    case 'federated':
      return { hint: `Federated with ${new URL(credential.issuer).host}`, expiresAt: null };
  }
}
