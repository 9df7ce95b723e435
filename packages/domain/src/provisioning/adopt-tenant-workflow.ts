import { newTenant } from '@gangway/contract/provisioning/tenants';
import { type JsonObject, type RunWithSteps, StepError } from '@gangway/engine/port';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError, isUniqueViolation } from '../errors.js';
import type { AppContext } from '../app-context.js';
import { startTenantCreation } from './start-tenant-creation.js';
import { takeTemporaryPassword } from './take-temporary-password.js';

/** The documented input of `tenantCreationWorkflow`. */
const workflowInput = z.strictObject({
  tenantName: z.string(),
  adminUser: z.strictObject({ firstName: z.string(), lastName: z.string(), email: z.string() }),
  companyName: z.string().optional(),
  contractLine: z.string().optional(),
});

export interface StartedWorkflow {
  readonly workflowId: string;
  /** The same for every attempt of one execution. */
  readonly key: string;
}

/**
 * Writes the tenant and the run of a workflow that was started straight with a Temporal client: the same rows as our
 * own API writes. Whoever may start workflows in the namespace is trusted like the operator; the tenant becomes
 * `partnerId`'s, or the only partner's.
 * @throws StepError `validation.failed`, `tenant.duplicate`, `user.duplicate`
 */
export async function adoptTenantWorkflow(
  app: Pick<AppContext, 'db' | 'engine'>,
  partnerId: string | null,
  input: JsonObject,
  workflow: StartedWorkflow,
): Promise<{ operationRunId: string }> {
  const parsed = toNewTenant(input);
  const owner = await findOwner(app, partnerId);
  const tenantId = uuidOf(workflow.key);
  try {
    const startedBy = { kind: 'partner', id: owner.id, label: owner.name } as const;
    const { workflowId } = workflow;
    const creation = { partnerId: owner.id, tenantId, workflowId, startedBy, requestId: null };
    const { operationRunId } = await startTenantCreation(app.engine.create, creation, parsed);
    return { operationRunId };
  } catch (error) {
    const earlier = await app.db.prisma.tenant.findUnique({ where: { tenant: tenantId } });
    if (earlier?.operationRunId) return { operationRunId: earlier.operationRunId };
    if (error instanceof AppError && error.reasonCode === 'user.duplicate')
      throw new StepError('user.duplicate');
    if (isUniqueViolation(error)) throw new StepError('tenant.duplicate');
    throw error;
  }
}

/**
 * The documented result of `tenantCreationWorkflow`. The temporary password is handed out with it, this once, where the
 * answer is encrypted; otherwise it would stand in the history, and the mail alone carries it.
 */
export async function toWorkflowResult(
  app: Pick<AppContext, 'db' | 'keys'>,
  run: RunWithSteps,
  isSealed: boolean,
): Promise<JsonObject | null> {
  if (!isSealed || run.type !== 'tenant.create' || run.status !== 'succeeded') return run.result;
  return { ...run.result, temporaryPassword: await takeTemporaryPassword(app, run.id, run.subjectId) };
}

function toNewTenant(input: JsonObject): z.output<typeof newTenant> {
  const given = workflowInput.safeParse(input);
  if (!given.success) throw new StepError('validation.failed');
  const { tenantName, adminUser, companyName, contractLine } = given.data;
  const parsed = newTenant.safeParse({
    client_name: tenantName,
    email: adminUser.email,
    admin_user: { first_name: adminUser.firstName, last_name: adminUser.lastName },
    ...(companyName !== undefined && { company_name: companyName }),
    ...(contractLine !== undefined && { contract_line: contractLine }),
  });
  if (!parsed.success) throw new StepError('validation.failed');
  return parsed.data;
}

async function findOwner({ db }: Pick<AppContext, 'db'>, partnerId: string | null) {
  const partners = await db.prisma.partner.findMany({
    ...(partnerId && { where: { id: partnerId } }),
    select: { id: true, name: true },
    take: 2,
  });
  const [owner] = partners;
  if (!owner || partners.length > 1) throw new StepError('validation.failed');
  return owner;
}

/** A UUID (version 8) that the same key always gives, so that an attempt that is repeated finds its own rows. */
function uuidOf(key: string): string {
  const hex = createHash('sha256').update(`gangway workflow ${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
