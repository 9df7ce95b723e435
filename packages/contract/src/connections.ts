import { z } from 'zod';
import { CLOUDS } from './clouds.js';
import { instant, instantInput, line, listOf, page, secret, term, uuid, version } from './text.js';

const workspaceId = uuid;
const pem = secret(20_000).refine((value) => value.includes('-----BEGIN '), 'Must be PEM text');

/** What proves the application to Microsoft. Write-only: nothing of it is ever returned. */
export const credential = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('client_secret'),
    clientSecret: secret(1024),
    expiresAt: instantInput.optional(),
  }),
  z.strictObject({ kind: z.literal('certificate'), certificatePem: pem, privateKeyPem: pem }),
  z.strictObject({
    kind: z.literal('federated'),
    issuer: term(500).pipe(z.url({ protocol: /^https$/, error: 'Must be an https URL' })),
    subject: line(500),
    audience: line(200).default('api://AzureADTokenExchange'),
  }),
]);
export type Credential = z.infer<typeof credential>;
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

const fields = { displayName: line(120), cloud: z.enum(CLOUDS), clientId: uuid };
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
    clientId: uuid.optional(),
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
