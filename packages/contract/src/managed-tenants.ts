import { z } from 'zod';
import { CLOUDS } from './clouds.js';
import { connection } from './connections.js';
import { readDomainOrId } from './domain-or-id.js';
import { BOOTSTRAP_TYPES } from './operation-types.js';
import { instant, listOf, page, uuid } from './text.js';

const workspaceId = uuid;

export const HEALTH = ['unknown', 'healthy', 'attention', 'failing'] as const;
export const MANAGED_TENANT_STATUSES = ['onboarding', 'active'] as const;

export const managedTenantSummary = z.object({
  id: uuid,
  entraTenantId: uuid,
  name: z.string(),
  domain: z.string().nullable(),
  cloud: z.enum(CLOUDS).nullable(),
  status: z.enum(MANAGED_TENANT_STATUSES),
  health: z.enum(HEALTH),
  lastCheckedAt: instant.nullable(),
  createdAt: instant,
  onboardingSessionId: uuid.nullable(),
});
export type ManagedTenantSummary = z.infer<typeof managedTenantSummary>;

/** What a bootstrap operation read. `data` is of the operation's own result shape. */
export const snapshot = z.object({
  type: z.enum(BOOTSTRAP_TYPES),
  data: z.record(z.string(), z.unknown()),
  takenAt: instant,
  operationRunId: uuid,
});
export type Snapshot = z.infer<typeof snapshot>;

export const managedTenant = managedTenantSummary.extend({
  connections: z.array(connection),
  snapshots: z.array(snapshot),
});
export type ManagedTenant = z.infer<typeof managedTenant>;

/** The tenant as the workspace has it already. `onboarding` without a session: its onboarding was abandoned. */
const existing = z.object({
  managedTenantId: uuid,
  onboardingSessionId: uuid.optional(),
  status: z.enum(MANAGED_TENANT_STATUSES),
});

const SLIPS = {
  email: (value: string) => `That is an email address: its domain is ${value}`,
  url: (value: string) => `That is a web address: its domain is ${value}`,
  microsoft: (value: string) => `That is an address of Microsoft's: the tenant in it is ${value}`,
};

/** A domain or a tenant ID in the forms that people paste; of an address with a tenant in it the message names the tenant. */
export const domainOrId = z
  .string()
  .max(2_000)
  .transform((typed, context) => {
    const read = readDomainOrId(typed);
    if (read.kind === 'found') return read.value;
    const message =
      read.kind === 'unknown'
        ? 'Must be a domain such as contoso.com, or a tenant ID'
        : SLIPS[read.kind](read.value);
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

export const discover = {
  in: z.strictObject({ workspaceId, domainOrId }),
  out: z.object({
    entraTenantId: uuid,
    cloud: z.enum(CLOUDS),
    domain: z.string().nullable(),
    existing: existing.optional(),
    /** Present where the name, or the id, is more than one tenant: this one and the others, for a person to choose from. */
    choices: z
      .array(z.object({ entraTenantId: uuid, cloud: z.enum(CLOUDS), existing: existing.optional() }))
      .optional(),
  }),
};
export const list = { in: z.strictObject({ workspaceId, ...page }), out: listOf(managedTenantSummary) };
export const get = { in: z.strictObject({ workspaceId, managedTenantId: uuid }), out: managedTenant };
