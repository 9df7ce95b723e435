import type { newTenant } from '@gangway/contract/provisioning/tenants';
import type { Prisma } from '@gangway/db/client';
import type { StartedBy } from '@gangway/engine/step';
import { createOrReuseRun } from '@gangway/engine/store/create-or-reuse-run';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { AppError } from '../errors.js';
import type { TenantCreateInput } from '../operations/tenant-create/input.js';
import { tenantCreatePlan } from '../operations/tenant-create/plan.js';

export interface TenantCreation {
  readonly partnerId: string;
  readonly tenantId: string;
  /** Minted where something else has to name the run first. */
  readonly operationRunId?: string;
  /** The Temporal workflow that executes the run already, where somebody started it there. */
  readonly workflowId?: string;
  readonly startedBy: StartedBy;
  readonly requestId: string | null;
}

/**
 * Accepts a tenant: its row, the queued run that does the rest, and the audit event, in the caller's transaction. Every
 * id is minted here, before the run starts, so that a step that runs again finds its own rows.
 * @throws AppError conflict `user.duplicate`; a unique violation of `tenants_email_key` where the tenant exists
 */
export async function startTenantCreation(
  tx: Prisma.TransactionClient,
  creation: TenantCreation,
  input: z.output<typeof newTenant>,
): Promise<{ operationRunId: string; acceptedAt: Date }> {
  const { tenantId, partnerId, startedBy } = creation;
  const operationRunId = creation.operationRunId ?? uuidv7();
  const [accepted] = await tx.$queryRaw<{ created_at: Date }[]>`
    WITH accepted AS (
      INSERT INTO tenants (tenant, partner_id, company_name, email, phone_number, industry, contract_line, status, operation_run_id)
      SELECT ${tenantId}::uuid, ${partnerId}::uuid, ${input.client_name}, ${input.email}, ${input.phone_number ?? null},
             ${input.industry ?? null}, ${input.contract_line}, 'provisioning', ${operationRunId}::uuid
       WHERE NOT EXISTS (SELECT FROM users WHERE email = ${input.email})
          OR EXISTS (SELECT FROM tenants WHERE email = ${input.email})
      RETURNING tenant, created_at
    ), audited AS (
    INSERT INTO audit_events (id, partner_id, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id, request_id)
    SELECT ${uuidv7()}::uuid, ${partnerId}::uuid, ${startedBy.kind}, ${startedBy.id}, ${startedBy.label}, 'tenants.create', 'allowed',
           'tenant', tenant::text, ${creation.requestId} FROM accepted
    )
    SELECT created_at FROM accepted`;
  if (!accepted) throw new AppError('conflict', 'user.duplicate');
  await createOrReuseRun(tx, {
    id: operationRunId,
    owner: { partnerId },
    plan: tenantCreatePlan,
    subjectId: tenantId,
    input: toRunInput(input),
    failurePolicy: input.failure_policy,
    startedBy,
    ...(creation.workflowId && { workflowId: creation.workflowId }),
  });
  return { operationRunId, acceptedAt: accepted.created_at };
}

/** Without a name of their own the admin is called by the tenant's. */
function toRunInput(input: z.output<typeof newTenant>): TenantCreateInput {
  const { admin_user: admin } = input;
  return {
    tenantName: input.client_name,
    adminUser: {
      firstName: admin?.first_name ?? 'Admin',
      lastName: admin?.last_name ?? input.client_name,
      email: input.email,
    },
    companyName: input.company_name ?? null,
    contractLine: input.contract_line,
    phoneNumber: input.phone_number ?? null,
    industry: input.industry ?? null,
    credentialDelivery: input.credential_delivery,
    companyId: input.company_name === undefined ? null : uuidv7(),
    adminUserId: uuidv7(),
    workspaceId: uuidv7(),
    mailId: uuidv7(),
  };
}
