/** Tenants, as partners create, read and change them. */
import { z } from 'zod';
import { ROLES } from '../capabilities.js';
import { email, instant, instantInput, line } from '../text.js';
import { contractLine, id, listOf, pageQuery } from './shared.js';

const phoneNumber = z
  .string()
  .max(40)
  .transform((value) => value.trim())
  .pipe(z.string().regex(/^\+?[0-9 ()./-]{3,40}$/, 'Must be a phone number'))
  .meta({ examples: ['+1234567890'] });
const clientName = line(200).meta({ description: 'Display name of the tenant', examples: ['Example Corp'] });
const industry = line(100).meta({ examples: ['Technology'] });
/** Null is the same as nothing, as in what is answered. */
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
export const adminUser = z.strictObject({ first_name: line(100), last_name: line(100) });

export const TENANT_STATUSES = ['provisioning', 'active', 'suspended', 'deleting', 'failed'] as const;

export const newTenant = z
  .strictObject({
    client_name: clientName,
    email: email.meta({
      description: 'E-mail of the tenant and of its admin user; one tenant per address',
      examples: ['admin@example.com'],
    }),
    phone_number: orNull(phoneNumber),
    industry: orNull(industry),
    admin_user: orNull(adminUser),
    company_name: orNull(line(200)),
    contract_line: contractLine.default('basic'),
    credential_delivery: z.enum(['temporary_password', 'setup_link']).default('temporary_password'),
    failure_policy: z.enum(['rollback', 'hold']).default('rollback'),
  })
  .meta({ id: 'TenantInput' });

export const tenant = z
  .object({
    tenant: id,
    client_name: z.string(),
    email: z.string(),
    phone_number: z.string().nullable(),
    industry: z.string().nullable(),
    created_at: instant,
    updated_at: instant,
    status: z.enum(TENANT_STATUSES),
    operation_run_id: id
      .nullable()
      .meta({ description: 'The run that creates or last changed the tenant; null where none is known' }),
  })
  .meta({ id: 'Tenant' });
export type ProvisionedTenant = z.infer<typeof tenant>;

const tenantFields = {
  client_name: clientName,
  phone_number: phoneNumber.nullable(),
  industry: industry.nullable(),
};
/** Fields that are left out stay as they are. */
export const tenantPatch = z.strictObject(tenantFields).partial();
/** Fields that are left out become null. */
export const tenantPut = z.strictObject({
  ...tenantFields,
  phone_number: phoneNumber.nullish().default(null),
  industry: industry.nullish().default(null),
});
/** What Gangway alone writes: taken over HTTP, so that what was read can be sent back. */
const readFields = tenant
  .omit({ client_name: true, phone_number: true, industry: true })
  // Typed clients parse an instant and write it in their own form.
  .extend({ created_at: instantInput, updated_at: instantInput })
  .partial().shape;
export const tenantPatchBody = tenantPatch.extend(readFields).meta({ id: 'TenantPatch' });
export const tenantPutBody = tenantPut.extend(readFields).meta({ id: 'TenantPut' });

export const configuration = z
  .strictObject({
    contract_line: contractLine,
    email_provider: z.enum(['resend', 'ses', 'smtp']),
    fallback_enabled: z.boolean(),
    tracking_enabled: z.boolean(),
  })
  .meta({ id: 'TenantConfiguration' });

export const tenantQuery = pageQuery.extend({
  status: z.enum(TENANT_STATUSES).optional(),
  q: line(100).optional().meta({ description: 'Part of the name or of the e-mail address' }),
});
export const tenantList = listOf(tenant).meta({ id: 'TenantList' });

export const tenantDeletionQuery = pageQuery;
/** What a deletion would do to people. */
export const tenantDeletion = listOf(
  z.object({
    user_id: id,
    email: z.string(),
    role: z
      .enum(ROLES)
      .nullable()
      .meta({ description: 'In the workspace; null: has an account of this tenant, and no membership' }),
    account_ends: z
      .boolean()
      .meta({ description: 'False for someone who is a member of another workspace, which stays as it is' }),
  }),
)
  .extend({ tenant: id, memberships_ended: z.number().int(), accounts_ended: z.number().int() })
  .meta({ id: 'TenantDeletion' });
