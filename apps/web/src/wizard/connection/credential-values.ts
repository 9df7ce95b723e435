import type { credential } from '@gangway/contract/connections';
import type { z } from 'zod';

export const CREDENTIAL_KINDS = ['client_secret', 'certificate', 'federated'] as const;

export interface CredentialForm extends Record<string, string> {
  kind: string;
  clientSecret: string;
  expiresAt: string;
  /** A file other than PEM, in base64, and what it was called. */
  pfx: string;
  pfxName: string;
  passphrase: string;
  certificatePem: string;
  privateKeyPem: string;
  issuer: string;
  subject: string;
  audience: string;
}

export const EMPTY_CREDENTIAL: CredentialForm = {
  kind: 'client_secret',
  clientSecret: '',
  expiresAt: '',
  pfx: '',
  pfxName: '',
  passphrase: '',
  certificatePem: '',
  privateKeyPem: '',
  issuer: '',
  subject: '',
  audience: 'api://AzureADTokenExchange',
};

/** What never leaves the form but by being sent: a key is pasted into the field of the certificate too. */
export const CREDENTIAL_SECRETS = [
  'clientSecret',
  'pfx',
  'pfxName',
  'passphrase',
  'certificatePem',
  'privateKeyPem',
] as const;

/** The contract's credential out of the fields. A day counts as ended when it begins, in UTC: rather warned too early. */
export function toCredential(values: CredentialForm): z.input<typeof credential> {
  switch (values.kind) {
    case 'certificate':
      return {
        kind: 'certificate',
        ...(values.pfx === '' ? { certificatePem: values.certificatePem } : { pfx: values.pfx }),
        ...(values.privateKeyPem.trim() === '' ? {} : { privateKeyPem: values.privateKeyPem }),
        ...(values.passphrase === '' ? {} : { passphrase: values.passphrase }),
      };
    case 'federated':
      return { kind: 'federated', issuer: values.issuer, subject: values.subject, audience: values.audience };
    default:
      return {
        kind: 'client_secret',
        clientSecret: values.clientSecret,
        ...(values.expiresAt !== '' && { expiresAt: `${values.expiresAt}T00:00:00.000Z` }),
      };
  }
}
