/** Tenants, as partners create, read and change them. */
import { z } from 'zod';
import { ROLES } from '../capabilities.js';
import { email, instant, instantInput, line } from '../text.js';
import { blankAsNull, optional, optionalText, textWithDefault } from './absent.js';
import { operationRun } from './operation-runs.js';
import { contractLine, id, listOf, pageQuery } from './shared.js';

/** What a spreadsheet makes of a phone number that it takes for a number: `491711234567.0`, `4.9171E+11`. */
const isSpreadsheetNumber = (value: string): boolean =>
  /^\+?(?:\d{5,}[.,]0{1,2}|\d+(?:[.,]\d+)?E\+?\d+)$/i.test(value);
const PHONE_NUMBER = /^\+?[0-9 ()./-]{3,40}$/;
const phoneNumber = z
  .string()
  .max(40)
  .transform((value) => value.trim())
  .pipe(
    z
      .string()
      .refine((value) => !isSpreadsheetNumber(value), {
        message: 'Is a number that a spreadsheet has changed: format the column as text',
        abort: true,
      })
      .regex(PHONE_NUMBER, 'Must be a phone number'),
  )
  .meta({ pattern: PHONE_NUMBER.source, examples: ['+1234567890'] });
const clientName = line(200).meta({ description: 'Display name of the tenant', examples: ['Example Corp'] });
const industry = line(100).meta({ examples: ['Technology'] });
export const adminUser = z
  .strictObject({ first_name: line(100), last_name: line(100) })
  .meta({ id: 'AdminUser' });

export const TENANT_STATUSES = ['provisioning', 'active', 'suspended', 'deleting', 'failed'] as const;

export const newTenant = z
  .strictObject({
    client_name: clientName,
    email: email.meta({
      description: 'E-mail of the tenant and of its admin user; one tenant per address',
      examples: ['admin@example.com'],
    }),
    phone_number: optionalText(phoneNumber),
    industry: optionalText(industry),
    admin_user: optional(adminUser),
    company_name: optionalText(line(200)),
    contract_line: textWithDefault(contractLine, 'basic'),
    credential_delivery: textWithDefault(z.enum(['temporary_password', 'setup_link']), 'temporary_password'),
    failure_policy: textWithDefault(z.enum(['rollback', 'hold']), 'rollback'),
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

/** What a creation answers with. */
export const createdTenant = tenant
  .extend({
    operation_run: operationRun.optional().meta({
      description:
        'With `Prefer: wait=N`: the run as it is after the wait. Absent without `Preference-Applied` in the answer.',
    }),
  })
  .meta({ id: 'CreatedTenant' });
export type CreatedTenant = z.infer<typeof createdTenant>;

const tenantFields = {
  client_name: clientName,
  phone_number: blankAsNull(phoneNumber),
  industry: blankAsNull(industry),
};
/** Fields that are left out stay as they are. */
export const tenantPatch = z.strictObject(tenantFields).partial();
/** Fields that are left out become null. */
export const tenantPut = z.strictObject({
  ...tenantFields,
  phone_number: blankAsNull(phoneNumber).default(null),
  industry: blankAsNull(industry).default(null),
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
  status: optional(z.enum(TENANT_STATUSES)),
  q: optional(line(100)).meta({ description: 'Part of the name or of the e-mail address' }),
});
export const tenantList = listOf(tenant).meta({ id: 'TenantList' });

export const tenantDeletionQuery = pageQuery;
/** What a deletion would do to people. */
export const tenantDeletion = listOf(
  z
    .object({
      user_id: id,
      email: z.string(),
      role: z
        .enum(ROLES)
        .nullable()
        .meta({ description: 'In the workspace; null: has an account of this tenant, and no membership' }),
      account_ends: z.boolean().meta({
        description: 'False for someone who is a member of another workspace, which stays as it is',
      }),
    })
    .meta({ id: 'TenantDeletionItem' }),
)
  .extend({ tenant: id, memberships_ended: z.number().int(), accounts_ended: z.number().int() })
  .meta({ id: 'TenantDeletion' });
