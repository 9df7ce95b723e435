import type { newTenant, ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { credentialCondition } from '../access/credential-condition.js';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { AppError, isUniqueViolation } from '../errors.js';
import { startTenantCreation } from './start-tenant-creation.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

/**
 * Creates a tenant: when this returns, its row and the run that does the rest are promised. `tenantId` is minted by the
 * caller where a crashed attempt may have to be found again; such an attempt is answered as if it were the first. One of
 * many has `priority` 1, and everybody else's go first.
 * @throws AppError conflict `tenant.duplicate` (with the existing id where it is the same partner's), `user.duplicate`
 */
export async function createTenant(
  scope: PartnerScope,
  input: z.output<typeof newTenant>,
  tenantId: string = uuidv7(),
  priority: 0 | 1 = 0,
): Promise<ProvisionedTenant> {
  const { app } = scope;
  const { partnerId, requestId } = scope;
  const { kind, id, label } = scope.actor;
  try {
    const startedBy = { kind, id, label };
    const condition = credentialCondition(scope);
    const creation = { partnerId, tenantId, priority, requestId, startedBy, condition };
    const { operationRunId, acceptedAt } = await startTenantCreation(app.engine.create, creation, input);
    return {
      tenant: tenantId,
      client_name: input.client_name,
      email: input.email,
      phone_number: input.phone_number ?? null,
      industry: input.industry ?? null,
      created_at: acceptedAt,
      updated_at: acceptedAt,
      status: 'provisioning',
      operation_run_id: operationRunId,
    };
  } catch (error) {
    const earlier = await app.db.prisma.tenant.findFirst({ where: { tenant: tenantId, partnerId } });
    if (earlier) return toProvisionedTenant(earlier);
    // Of what was not so, the right to ask comes first.
    if (error instanceof AppError) await writeAsPartner(scope, () => Promise.resolve());
    if (!isUniqueViolation(error)) throw error;
    const own = await app.db.prisma.tenant.findFirst({
      where: { email: input.email, partnerId },
      select: { tenant: true },
    });
    throw new AppError('conflict', 'tenant.duplicate', own ? { existingId: own.tenant } : {});
  }
}
