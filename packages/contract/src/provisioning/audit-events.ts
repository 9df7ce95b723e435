/** What was done to, by and for a partner, denials included. */
import { z } from 'zod';
import { instant, term } from '../text.js';
import { optional } from './absent.js';
import { id, listOf, pageQuery } from './shared.js';

export const AUDIT_OUTCOMES = ['allowed', 'denied', 'failed'] as const;

export const auditEventQuery = pageQuery.extend({
  action: optional(term(100)).meta({ description: 'As events name it, such as `tenants.create`' }),
  outcome: optional(z.enum(AUDIT_OUTCOMES)),
  target_id: optional(term(64)).meta({
    description: 'Events about this tenant, run, key, webhook or template',
  }),
});
export const auditEvent = z
  .object({
    id,
    at: instant,
    actor_kind: z.string().meta({ examples: ['partner', 'apiKey', 'user', 'system'] }),
    actor_id: z.string(),
    actor: z.string().meta({ description: 'As people read it: the client id, the name of the key' }),
    action: z.string(),
    outcome: z.enum(AUDIT_OUTCOMES),
    reason_code: z.string().nullable(),
    target_kind: z.string().nullable(),
    target_id: z.string().nullable(),
    request_id: z.string().nullable(),
  })
  .meta({ id: 'AuditEvent' });
export const auditEventList = listOf(auditEvent).meta({ id: 'AuditEventList' });
