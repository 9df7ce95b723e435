/** Operation runs, as partners follow and steer them. */
import { z } from 'zod';
import { OPERATION_TYPES } from '../operation-types.js';
import { runEvent, RUN_STATUSES, STEP_STATUSES, watch } from '../operations.js';
import { instant, line, uuid } from '../text.js';
import { optional, withDefault } from './absent.js';
import { growingEnum } from './growing-enum.js';
import { code, contractLine, id, listOf, pageQuery } from './shared.js';

const runStep = z
  .object({
    name: z.string(),
    title: z.string(),
    status: z.enum(STEP_STATUSES),
    attempt: z.number().int(),
    reason_code: code.nullable(),
    message: z.string().nullable(),
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'OperationRunStep' });
const runWarning = z.object({ reason_code: code, message: z.string() }).meta({ id: 'OperationRunWarning' });

export const operationRun = z
  .object({
    id,
    type: growingEnum(OPERATION_TYPES),
    status: z.enum(RUN_STATUSES),
    progress: z.number().int().min(0).max(100),
    step: z.string().nullable(),
    attempt: z.number().int(),
    reason_code: code.nullable(),
    message: z.string().nullable(),
    warnings: z.array(runWarning),
    waiting_until: instant.nullable(),
    held: z
      .boolean()
      .meta({ description: 'Parked after a late failure under policy `hold`: resume it or roll it back' }),
    result: z.record(z.string(), z.unknown()).nullable().meta({
      description:
        'Of a creation: tenant_id, admin_user_id, company_id, workspace_id, contract_line, temporary_password, email_sent, success, created_at',
    }),
    steps: z.array(runStep),
    tenant: id.nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'OperationRun' });
export type ProvisioningRun = z.infer<typeof operationRun>;

export const operationRunQuery = pageQuery.extend({
  state: optional(z.enum(['live', 'held'])).meta({
    description: '`live`: queued or running. `held`: parked, until it is resumed or rolled back',
  }),
});
/** A run in a list: without its steps, and without its result, which may be told once only. */
export const operationRunSummary = operationRun
  .omit({ steps: true, result: true })
  .meta({ id: 'OperationRunSummary' });
export const operationRunList = listOf(operationRunSummary).meta({ id: 'OperationRunList' });

/** The data of a server-sent event of a run. */
export const operationRunEvent = z
  .object({
    at: instant,
    run: z
      .object({
        status: z.enum(RUN_STATUSES),
        progress: z.number().int().min(0).max(100),
        step: z.string().nullable(),
        attempt: z.number().int(),
        reason_code: code.nullable(),
        message: z.string().nullable(),
        waiting_until: instant.nullable(),
        held: z.boolean(),
      })
      .meta({ id: 'OperationRunState', description: 'The run as it is after the event' }),
    step: z
      .object({ name: z.string(), status: z.enum(STEP_STATUSES), attempt: z.number().int() })
      .meta({ id: 'OperationRunStepState' })
      .nullable()
      .meta({ description: 'The step that the event is about' }),
  })
  .meta({ id: 'OperationRunEvent' });
/** What of a run is told as it happens; after the event with the id, where one is given. */
export const watchRun = z.strictObject({
  operation_run_id: uuid,
  ...watch.in.pick({ lastEventId: true }).shape,
});
/** The names of these events. */
export const RUN_EVENT_KINDS = runEvent.shape.kind.options;

export const runStarted = z
  .object({ operation_run_id: id, status: z.enum(RUN_STATUSES) })
  .meta({ id: 'OperationRunStarted' });
export const cancelRun = z.strictObject({ reason: optional(line(500)) }).meta({ id: 'CancelRun' });
export const updateRun = z
  .strictObject({
    field: z
      .enum(['contract_line', 'contractLine'])
      .meta({ description: '`contractLine` is how the signal of the Temporal workflow names it' }),
    value: contractLine,
  })
  .meta({ id: 'UpdateRun' });
export const rollBackRun = z
  .strictObject({ dry_run: withDefault(z.boolean(), true) })
  .meta({ id: 'RollBackRun' });
export const rollBack = z
  .object({
    operation_run_id: id,
    dry_run: z.boolean(),
    status: z.enum(RUN_STATUSES),
    items: z.array(
      z.object({ step: z.string(), what: z.string(), id: z.string() }).meta({ id: 'RollBackItem' }),
    ),
  })
  .meta({ id: 'RollBack' });
