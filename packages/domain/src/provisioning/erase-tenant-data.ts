import { Prisma, type Database } from '@gangway/db/client';
import { ERASED } from '../accounts/erase-person-data.js';

/** Events that one statement changes at most: short enough that nobody waits for its locks. */
const BATCH = 1_000;

/** SQL: what a run of `tenant.create` was asked for, without names, addresses and numbers. Ids stay. */
export const ERASED_INPUT = Prisma.raw(
  `input - '{tenantName,adminUser,companyName,phoneNumber,industry}'::text[]`,
);

/** SQL: a creation that has ended and whose input has names. The condition of `operation_runs_names_idx`. */
export const HAS_NAMES = `type = 'tenant.create' AND status IN ('succeeded', 'failed') AND NOT held AND (input -> 'adminUser') IS NOT NULL`;

/** Erases what names people in the runs of a tenant that is being deleted: their input, and why they were cancelled. */
export async function eraseRunsOfTenant(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  run: { readonly partnerId: string | null; readonly subjectId: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation_runs SET input = ${ERASED_INPUT}, cancel_reason = NULL
     WHERE partner_id = ${run.partnerId}::uuid AND subject_id = ${run.subjectId}::uuid`;
}

/**
 * Erases names and addresses from the events that showed the tenant as it was; one that still waits to be delivered says
 * `erased` then.
 */
export async function eraseEventsOfTenant(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  tenant: string,
): Promise<void> {
  const erased = { client_name: ERASED, email: ERASED, phone_number: null, industry: null };
  await tx.$executeRaw`
    UPDATE webhook_deliveries
       SET payload = jsonb_set(payload, '{data}', (payload->'data') || ${JSON.stringify(erased)}::jsonb)
     WHERE event = 'tenant.updated' AND payload->'data'->>'tenant' = ${tenant}`;
}

/** Erases the same of creations that have ended and whose admin has this address, whatever their tenant. */
export async function eraseInputOfRuns(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  email: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation_runs SET input = ${ERASED_INPUT}
     WHERE ${Prisma.raw(HAS_NAMES)} AND input->'adminUser'->>'email' = ${email}`;
}

/**
 * Erases names and addresses from the audit trail of a workspace that is gone, in batches. That something was done, when and
 * by which id, stays. Harmless when called again.
 */
export async function eraseTrailOfWorkspace(
  { prisma }: Pick<Database, 'prisma'>,
  workspaceId: string,
  signal: AbortSignal,
): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (let count = BATCH; count === BATCH;) {
    signal.throwIfAborted();
    const erased = await prisma.$queryRaw<{ id: string }[]>`
      WITH batch AS (SELECT id FROM audit_events WHERE workspace_id = ${workspaceId}::uuid AND id > ${last}::uuid
                      ORDER BY id LIMIT ${BATCH}),
      erased AS (UPDATE audit_events e SET data = NULL,
                        actor_label = CASE WHEN actor_kind = 'user' THEN ${ERASED} ELSE actor_label END
                   FROM batch WHERE e.id = batch.id)
      SELECT id FROM batch ORDER BY id`;
    count = erased.length;
    last = erased.at(-1)?.id ?? last;
  }
}
