import type { configuration } from '@gangway/contract/provisioning/tenants';
import type { Tenant, TenantEmailSettings } from '@gangway/db/generated/client';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { notFound } from '../errors.js';
import { changeTenant } from './change-tenant.js';

type Configuration = z.infer<typeof configuration>;

/** How a tenant is set up. @throws AppError not_found */
export async function getTenantConfiguration(
  scope: PartnerScope,
  { tenant }: { tenant: string },
): Promise<Configuration> {
  const row = await scope.app.db.prisma.tenant.findFirst({
    where: { tenant, partnerId: scope.partnerId },
    include: { emailSettings: true },
  });
  if (!row) throw notFound();
  return toConfiguration(row);
}

/** Replaces the whole configuration. @throws AppError not_found, conflict while the tenant is being created or deleted */
export async function putTenantConfiguration(
  scope: PartnerScope,
  input: { tenant: string } & Configuration,
): Promise<Configuration> {
  const { tenant, contract_line: contractLine } = input;
  const settings = {
    emailProvider: input.email_provider,
    fallbackEnabled: input.fallback_enabled,
    trackingEnabled: input.tracking_enabled,
  };
  await changeTenant(scope, tenant, ['active', 'suspended'], async (tx) => {
    await audit(tx, scope, { action: 'tenants.configure', targetKind: 'tenant', targetId: tenant });
    const where = { tenantId: tenant };
    if ((await tx.tenantEmailSettings.count({ where: { ...where, ...settings } })) === 1)
      return { contractLine };
    await tx.tenantEmailSettings.upsert({ where, create: { ...where, ...settings }, update: settings });
    return { contractLine, updatedAt: new Date() };
  });
  return getTenantConfiguration(scope, { tenant });
}

// Before its data is set up a tenant has the defaults that it will be given.
function toConfiguration({
  contractLine,
  emailSettings,
}: Tenant & { emailSettings: TenantEmailSettings | null }): Configuration {
  return {
    contract_line: contractLine,
    email_provider: (emailSettings?.emailProvider ?? 'resend') as Configuration['email_provider'],
    fallback_enabled: emailSettings?.fallbackEnabled ?? true,
    tracking_enabled: emailSettings?.trackingEnabled ?? false,
  };
}
