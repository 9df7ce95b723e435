import type {
  cancelRun,
  rollBack,
  rollBackRun,
  runStarted,
  updateRun,
} from '@gangway/contract/provisioning/operation-runs';
import { requestResume } from '@gangway/engine/store/request-resume';
import { requestRollBack } from '@gangway/engine/store/request-roll-back';
import { sqlOfTransaction } from '@gangway/engine/store/sql';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { notFound } from '../errors.js';

type RunRef = { readonly operation_run_id: string };
type Started = z.infer<typeof runStarted>;

/** Asks a live run to end; what it created is removed. @throws RunConflict when it has ended */
export async function cancelProvisioningRun(
  scope: PartnerScope,
  input: RunRef & z.output<typeof cancelRun>,
): Promise<Started> {
  await scope.house.engine.signal(input.operation_run_id, {
    kind: 'cancel',
    reason: input.reason ?? null,
    by: scope.actor.label,
  });
  await record(scope.house.db.prisma, scope, input, 'cancel');
  return started(scope, input);
}

/** Changes a parameter that is still ahead. @throws RunConflict when it is too late, StepError when the value is refused */
export async function updateProvisioningRun(
  scope: PartnerScope,
  input: RunRef & z.output<typeof updateRun>,
): Promise<Started> {
  const { field, value } = input;
  await scope.house.engine.signal(input.operation_run_id, {
    kind: 'update',
    field,
    value,
    by: scope.actor.label,
  });
  await record(scope.house.db.prisma, scope, input, 'update');
  return started(scope, input);
}

/** Goes on with a parked run from the step that failed. @throws RunConflict when it is not parked */
export async function resumeProvisioningRun(scope: PartnerScope, input: RunRef): Promise<Started> {
  await scope.house.db.inTransaction(async (tx) => {
    await record(tx, scope, input, 'resume');
    await requestResume(sqlOfTransaction(tx), input.operation_run_id);
  });
  scope.house.engine.poke(input.operation_run_id);
  return started(scope, input);
}

/** Rolls a parked run back; a dry run (the default) only lists what would be deleted. @throws RunConflict when it is not parked */
export async function rollBackProvisioningRun(
  scope: PartnerScope,
  input: RunRef & z.output<typeof rollBackRun>,
): Promise<z.infer<typeof rollBack>> {
  const { operation_run_id, dry_run } = input;
  const { db, engine } = scope.house;
  const items = [...(await engine.listRollBack(operation_run_id))];
  if (dry_run) return { operation_run_id, dry_run, status: 'failed', items };
  await db.inTransaction(async (tx) => {
    await record(tx, scope, input, 'rollBack');
    await requestRollBack(sqlOfTransaction(tx), operation_run_id);
  });
  engine.poke(operation_run_id);
  return { dry_run, items, ...(await started(scope, input)) };
}

async function record(
  tx: Parameters<typeof audit>[0],
  scope: PartnerScope,
  input: RunRef,
  verb: string,
): Promise<void> {
  const target = { targetKind: 'operation_run', targetId: input.operation_run_id };
  await audit(tx, scope, { action: `operations.${verb}`, ...target });
}

async function started(scope: PartnerScope, input: RunRef): Promise<Started> {
  const run = await scope.house.db.prisma.operationRun.findFirst({
    where: { id: input.operation_run_id, partnerId: scope.partnerId },
    select: { status: true },
  });
  if (!run) throw notFound();
  return { operation_run_id: input.operation_run_id, status: run.status as Started['status'] };
}
