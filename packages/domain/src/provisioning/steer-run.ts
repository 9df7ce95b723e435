import {
  rollBack,
  type cancelRun,
  type rollBackRun,
  type runStarted,
  type updateRun,
} from '@gangway/contract/provisioning/operation-runs';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit, type AuditEntry } from '../audit/audit.js';
import { notFound } from '../errors.js';

type RunRef = { readonly operation_run_id: string };
type Started = z.infer<typeof runStarted>;
type RollBack = z.infer<typeof rollBack>;
const listed = rollBack.pick({ items: true });

// `auditEventId` is the same for every attempt under one idempotency key, and the id of the audit event of the one that did it:
// whoever finds it there is told how the run stands, and not that it has moved on.

/** Asks a live run to end; what it created is removed. @throws RunConflictError when it has ended */
export async function cancelProvisioningRun(
  scope: PartnerScope,
  input: RunRef & z.output<typeof cancelRun>,
  auditEventId?: string,
): Promise<Started> {
  if (await findAuditEvent(scope, auditEventId)) return started(scope, input);
  const cancel = { kind: 'cancel', reason: input.reason ?? null, by: scope.actor.label } as const;
  await scope.app.engine.signal(input.operation_run_id, cancel, (send) =>
    writeAsPartner(scope, async (tx) => {
      await send(tx);
      await record(tx, scope, input, { verb: 'cancel', auditEventId });
    }),
  );
  return started(scope, input);
}

/** Changes a parameter that is still ahead. @throws RunConflictError when it is too late, StepError when the value is refused */
export async function updateProvisioningRun(
  scope: PartnerScope,
  input: RunRef & z.output<typeof updateRun>,
  auditEventId?: string,
): Promise<Started> {
  if (await findAuditEvent(scope, auditEventId)) return started(scope, input);
  // The only one there is, under either of its names.
  const update = {
    kind: 'update',
    field: 'contractLine',
    value: input.value,
    by: scope.actor.label,
  } as const;
  await scope.app.engine.signal(input.operation_run_id, update, (send) =>
    writeAsPartner(scope, async (tx) => {
      await send(tx);
      await record(tx, scope, input, { verb: 'update', auditEventId });
    }),
  );
  return started(scope, input);
}

/** Goes on with a parked run from the step that failed. @throws RunConflictError when it is not parked */
export async function resumeProvisioningRun(
  scope: PartnerScope,
  input: RunRef,
  auditEventId?: string,
): Promise<Started> {
  if (await findAuditEvent(scope, auditEventId)) return started(scope, input);
  await scope.app.engine.signal(input.operation_run_id, { kind: 'resume' }, (send) =>
    writeAsPartner(scope, async (tx) => {
      await record(tx, scope, input, { verb: 'resume', auditEventId });
      await send(tx);
    }),
  );
  return started(scope, input);
}

/** Rolls a parked run back; a dry run (the default) only lists what would be deleted. @throws RunConflictError when it is not parked */
export async function rollBackProvisioningRun(
  scope: PartnerScope,
  input: RunRef & z.output<typeof rollBackRun>,
  auditEventId?: string,
): Promise<RollBack> {
  const { operation_run_id, dry_run } = input;
  const { engine } = scope.app;
  const event = await findAuditEvent(scope, auditEventId);
  if (event) return { dry_run, ...listed.parse(event.data), ...(await started(scope, input)) };
  const list = async () =>
    (await engine.listRollBack(operation_run_id)).map(({ step, what, id }) => ({ step, what, id }));
  if (dry_run) return { operation_run_id, dry_run, status: 'failed', items: await list() };
  let items: RollBack['items'] = [];
  await engine.signal(operation_run_id, { kind: 'rollBack' }, (send) =>
    writeAsPartner(scope, async (tx) => {
      // Once the rights were read again: without them the state of the run is not told either.
      items = await list();
      await record(tx, scope, input, { verb: 'rollBack', auditEventId, data: { items } });
      await send(tx);
    }),
  );
  return { dry_run, items, ...(await started(scope, input)) };
}

async function findAuditEvent({ app, partnerId }: PartnerScope, auditEventId: string | undefined) {
  if (auditEventId === undefined) return null;
  return app.db.prisma.auditEvent.findUnique({
    where: { id: auditEventId, partnerId },
    select: { data: true },
  });
}

interface Recorded extends Pick<AuditEntry, 'data'> {
  readonly verb: string;
  readonly auditEventId: string | undefined;
}

async function record(
  tx: Parameters<typeof audit>[0],
  scope: PartnerScope,
  input: RunRef,
  { verb, auditEventId, data }: Recorded,
): Promise<void> {
  await audit(tx, scope, {
    ...(auditEventId === undefined ? {} : { id: auditEventId }),
    ...(data === undefined ? {} : { data }),
    ...{ action: `operations.${verb}`, targetKind: 'operation_run', targetId: input.operation_run_id },
  });
}

async function started(scope: PartnerScope, input: RunRef): Promise<Started> {
  const run = await scope.app.db.prisma.operationRun.findFirst({
    where: { id: input.operation_run_id, partnerId: scope.partnerId },
    select: { status: true },
  });
  if (!run) throw notFound();
  return { operation_run_id: input.operation_run_id, status: run.status as Started['status'] };
}
