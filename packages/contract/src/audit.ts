import { z } from 'zod';
import { instant, listOf, page, term, uuid } from './text.js';

export const auditEvent = z.object({
  id: uuid,
  at: instant,
  actor: z.string(),
  action: z.string(),
  outcome: z.enum(['allowed', 'denied', 'failed']),
  reasonCode: z.string().nullable(),
  targetKind: z.string().nullable(),
  targetId: z.string().nullable(),
  /** What the target is called: an e-mail address, the name of a connection or a tenant, the type of an operation. */
  targetName: z.string().nullable(),
  /** The managed tenant it is about. */
  managedTenant: z.object({ id: uuid, name: z.string() }).nullable(),
  /** What else is said about it, such as the role that was given. */
  details: z.record(z.string(), z.string()),
  requestId: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEvent>;

export const list = {
  in: z.strictObject({
    workspaceId: uuid,
    action: term(100).optional(),
    /** The e-mail address of who did it. */
    actor: term(254).optional(),
    outcome: z.enum(['allowed', 'denied', 'failed']).optional(),
    /** Everything about one managed tenant: itself, its connections, sessions and runs. */
    managedTenantId: uuid.optional(),
    targetId: term(64).optional(),
    ...page,
  }),
  out: listOf(auditEvent),
};
