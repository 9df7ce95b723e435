import { z } from 'zod';
import { isBase64 } from './base64.js';
import { CLOUDS } from './clouds.js';
import { trimPasted } from './pasted.js';
import {
  instant,
  instantInput,
  line,
  listOf,
  page,
  pastedUuid,
  secret,
  term,
  uuid,
  version,
} from './text.js';

const workspaceId = uuid;
const pem = secret(60_000).refine((value) => value.includes('-----BEGIN '), 'Must be PEM text');

/** A client secret as pasted: without what surrounds it unseen. Microsoft's own have neither blanks nor quotes. */
const clientSecret = z
  .string()
  .max(4_096)
  .transform(trimPasted)
  .pipe(
    secret(1024)
      .refine(
        (value) => !/^["'\u201c\u2018].*["'\u201d\u2019]$/.test(value),
        'Must be without the quotes around it',
      )
      .refine(
        (value) => !/[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(value),
        'Must not have blanks, line ends or invisible characters in it',
      ),
  );

const federated = z.strictObject({
  kind: z.literal('federated'),
  issuer: term(500).pipe(z.url({ protocol: /^https$/, error: 'Must be an https URL' })),
  subject: line(500),
  audience: line(200).default('api://AzureADTokenExchange'),
});

/**
 * What proves the application to Microsoft. Write-only: nothing of it is ever returned. A certificate comes as PEM, with its
 * key beside it or in the same text and in any order, or as a file (`pfx`, in base64) with its passphrase.
 */
export const credential = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('client_secret'),
    clientSecret,
    expiresAt: instantInput
      .refine(
        (value) => Date.parse(value) > Date.now(),
        'Has passed: enter the date on which the secret expires',
      )
      .optional(),
  }),
  z
    .strictObject({
      kind: z.literal('certificate'),
      certificatePem: pem.optional(),
      privateKeyPem: pem.optional(),
      pfx: z.string().max(100_000).refine(isBase64, 'Must be a file in base64').optional(),
      passphrase: secret(1024).optional(),
    })
    .refine((value) => value.certificatePem !== undefined || value.pfx !== undefined, {
      path: ['certificatePem'],
      message: 'Must be a certificate in PEM form, unless pfx is sent',
    }),
  federated,
]);
export type CredentialInput = z.output<typeof credential>;

/** A credential as it is kept, encrypted: a certificate as PEM, the one that fits the key first. */
export const storedCredential = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('client_secret'),
    clientSecret: z.string(),
    expiresAt: instant.optional(),
  }),
  z.strictObject({ kind: z.literal('certificate'), certificatePem: z.string(), privateKeyPem: z.string() }),
  federated,
]);
export type Credential = z.infer<typeof storedCredential>;
export const CREDENTIAL_KINDS = ['client_secret', 'certificate', 'federated'] as const;

/** What is shown of a credential: its kind and the end of it, never the secret. */
export const credentialInfo = z.object({
  kind: z.enum(CREDENTIAL_KINDS),
  hint: z.string(),
  expiresAt: instant.nullable(),
  addedAt: instant,
});

export const connection = z.object({
  id: uuid,
  managedTenantId: uuid,
  displayName: z.string(),
  cloud: z.enum(CLOUDS),
  clientId: uuid,
  isDefault: z.boolean(),
  version: z.number().int(),
  credential: credentialInfo.nullable(),
  /** `stale`: verified once, and changed since. */
  verification: z.enum(['never', 'verified', 'failed', 'stale']),
  verifiedAt: instant.nullable(),
  /** The newest verification that ended; it says why, where `verification` is `failed`. */
  checkedRunId: uuid.nullable(),
  updatedBy: z.string(),
  updatedAt: instant,
});
export type Connection = z.infer<typeof connection>;

const fields = { displayName: line(120), cloud: z.enum(CLOUDS), clientId: pastedUuid };
export const newConnection = z.strictObject({ ...fields, credential });

export const list = {
  in: z.strictObject({ workspaceId, managedTenantId: uuid.optional(), ...page }),
  out: listOf(connection),
};
export const get = { in: z.strictObject({ workspaceId, providerConnectionId: uuid }), out: connection };
export const create = {
  in: z.strictObject({ workspaceId, managedTenantId: uuid, ...fields, credential }),
  out: connection,
};
export const update = {
  in: z.strictObject({
    workspaceId,
    providerConnectionId: uuid,
    version,
    displayName: line(120).optional(),
    cloud: z.enum(CLOUDS).optional(),
    clientId: pastedUuid.optional(),
  }),
  out: connection,
};
export const rotateCredential = {
  in: z.strictObject({ workspaceId, providerConnectionId: uuid, credential }),
  out: connection,
};
export const setDefault = {
  in: z.strictObject({ workspaceId, providerConnectionId: uuid }),
  out: connection,
};
export const remove = {
  in: z.strictObject({ workspaceId, providerConnectionId: uuid }),
  out: z.object({
    providerConnectionId: uuid,
    /** Where the default was removed: the connection that is it now, if one is left. */
    newDefaultId: uuid.nullable(),
  }),
};
