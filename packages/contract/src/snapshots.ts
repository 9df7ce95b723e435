/** What each bootstrap operation keeps: small numbers and bounded lists, never a whole directory. */
import { z } from 'zod';
import type { BootstrapType } from './operation-types.js';

/** Lists in a snapshot are cut at this length; the count beside each is of everything. */
export const SNAPSHOT_LIST_LIMIT = 100;

const count = z.number().int().min(0);
const list = <T extends z.ZodType>(item: T) => z.array(item).max(SNAPSHOT_LIST_LIMIT);
const policies = z.object({
  total: count,
  policies: list(z.object({ displayName: z.string(), platform: z.string() })),
});

export const snapshotData = {
  'inventory.organization': z.object({
    id: z.string(),
    displayName: z.string(),
    verifiedDomains: list(z.object({ name: z.string(), isDefault: z.boolean(), isInitial: z.boolean() })),
  }),
  'inventory.domains': z.object({
    total: count,
    verified: count,
    domains: list(
      z.object({
        name: z.string(),
        isVerified: z.boolean(),
        isDefault: z.boolean(),
        authenticationType: z.string(),
      }),
    ),
  }),
  'inventory.licenses': z.object({
    total: count,
    skus: list(
      z.object({ skuPartNumber: z.string(), capabilityStatus: z.string(), enabled: count, consumed: count }),
    ),
  }),
  'inventory.users': z.object({ total: count, members: count, guests: count, disabled: count }),
  'inventory.directory_roles': z.object({
    activeRoles: count,
    /** Members of the role, of any kind; the list names them. */
    globalAdministratorCount: count,
    globalAdministrators: list(
      z.object({ displayName: z.string(), userPrincipalName: z.string().nullable() }),
    ),
  }),
  'posture.conditional_access': z.object({
    total: count,
    enabled: count,
    reportOnly: count,
    disabled: count,
    /** Without an id in snapshots from before ids were kept. */
    policies: list(z.object({ id: z.string().exactOptional(), displayName: z.string(), state: z.string() })),
  }),
  'posture.security_defaults': z.object({ isEnabled: z.boolean() }),
  'intune.compliance_policies': policies,
  'intune.device_configurations': policies,
} as const satisfies Record<BootstrapType, z.ZodType>;

/** Types over the schemas above, by operation. */
export type SnapshotData = { [T in BootstrapType]: z.infer<(typeof snapshotData)[T]> };
