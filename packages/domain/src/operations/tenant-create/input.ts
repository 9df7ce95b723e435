import { z } from 'zod';

/** What a run of `tenant.create` journals: the documented input, and the ids that were minted before it started. */
export const tenantCreateInput = z.object({
  tenantName: z.string(),
  adminUser: z.object({ firstName: z.string(), lastName: z.string(), email: z.string() }),
  companyName: z.string().nullable(),
  contractLine: z.string(),
  phoneNumber: z.string().nullable(),
  industry: z.string().nullable(),
  credentialDelivery: z.enum(['temporary_password', 'setup_link']),
  companyId: z.string().nullable(),
  adminUserId: z.string(),
  workspaceId: z.string(),
  mailId: z.string(),
});
export type TenantCreateInput = z.infer<typeof tenantCreateInput>;
