import { z } from 'zod';
import { CLOUDS } from './clouds.js';
import { connection } from './connections.js';
import { BOOTSTRAP_TYPES } from './operation-types.js';
import { instant, listOf, page, term, uuid } from './text.js';

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

/** A domain or a tenant id, as typed; a pasted e-mail address or URL is refused with a hint. */
export const discover = {
  in: z.strictObject({ workspaceId, domainOrId: term(253) }),
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
