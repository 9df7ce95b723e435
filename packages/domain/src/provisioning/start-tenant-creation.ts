import type { newTenant } from '@gangway/contract/provisioning/tenants';
import { Prisma } from '@gangway/db/client';
import { type Engine, PreconditionError, type StartedBy } from '@gangway/engine/port';
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
  /** 1: one of many, which lets everybody else's go first. */
  readonly priority?: 0 | 1;
  readonly startedBy: StartedBy;
  /** SQL: what else has to be so where the tenant is accepted, such as the right to ask for it. */
  readonly condition?: Prisma.Sql;
  readonly requestId: string | null;
}

/**
 * Accepts a tenant: its row, the run that does the rest, and the audit event, in the one statement of `createRun`. Every id is
 * minted here, before the run starts, so that a step that runs again finds its own rows.
 * @throws AppError conflict `user.duplicate`; a unique violation of `tenants_email_key` where the tenant exists
 */
export async function startTenantCreation(
  createRun: Engine['create'],
  creation: TenantCreation,
  input: z.output<typeof newTenant>,
): Promise<{ operationRunId: string; acceptedAt: string }> {
  const { tenantId, partnerId, startedBy, requestId } = creation;
  const tenant = Prisma.sql`
    INSERT INTO tenants (tenant, partner_id, company_name, email, phone_number, industry, contract_line, status, operation_run_id)
    SELECT ${tenantId}::uuid, ${partnerId}::uuid, ${input.client_name}, ${input.email}, ${input.phone_number ?? null},
           ${input.industry ?? null}, ${input.contract_line}, 'provisioning', run.id FROM run`;
  const audit = Prisma.sql`
    INSERT INTO audit_events (id, partner_id, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id, request_id)
    SELECT ${uuidv7()}::uuid, ${partnerId}::uuid, ${startedBy.kind}, ${startedBy.id}, ${startedBy.label}, 'tenants.create', 'allowed',
           'tenant', ${tenantId}, ${requestId} FROM run`;
  try {
    const run = await createRun({
      ...(creation.operationRunId && { id: creation.operationRunId }),
      owner: { partnerId },
      plan: tenantCreatePlan,
      subjectId: tenantId,
      input: toRunInput(input),
      failurePolicy: input.failure_policy,
      priority: creation.priority ?? 0,
      startedBy,
      ...(creation.workflowId && { workflowId: creation.workflowId }),
      // A tenant of this e-mail is a duplicate of its own kind, and the unique index says so.
      precondition: Prisma.sql`(NOT EXISTS (SELECT FROM users WHERE email = ${input.email})
        OR EXISTS (SELECT FROM tenants WHERE email = ${input.email})) AND ${creation.condition ?? Prisma.sql`true`}`,
      rows: [tenant, audit],
    });
    return { operationRunId: run.operationRunId, acceptedAt: run.createdAt };
  } catch (error) {
    throw error instanceof PreconditionError ? new AppError('conflict', 'user.duplicate') : error;
  }
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
