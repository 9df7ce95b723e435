import { contractLine } from '@gangway/contract/provisioning/shared';
import {
  type Operation,
  type PreparedRows,
  type RowStep,
  type RowUndo,
  type StepContext,
  StepError,
} from '@gangway/engine/port';
import type { AppContext } from '../../app-context.js';
import { toDatabaseStepError, withStepErrors } from '../to-database-step-error.js';
import { createAdminUser, removeAdminUser } from './admin-user.js';
import { tenantCreateInput } from './input.js';
import { tenantCreatePlan } from './plan.js';
import { removeData, setUpData } from './set-up-data.js';
import { createTenantRows, removeTenant } from './tenant-rows.js';
import type { TenantRowUndo, TenantStep, TenantUndo } from './tenant-step.js';
import { queueWelcomeMail, sendWelcomeMail, withdrawWelcomeMail } from './welcome.js';

const TIMEOUT_MS = 30 * 60 * 1000;

/**
 * The creation of a tenant. Every step is rows, over ids that were minted before, so that a step run twice finds its own
 * and none needs what another has written: where nothing is in the way they come to stand in one statement.
 */
export function tenantCreateOperation(app: AppContext): Operation {
  const toStep = (ctx: StepContext): TenantStep => ({
    app,
    ctx,
    tenantId: ctx.run.subjectId,
    input: tenantCreateInput.parse(ctx.run.input),
  });
  const rows = (prepare: (step: TenantStep) => PreparedRows | Promise<PreparedRows>): RowStep => ({
    prepare: (ctx) => withStepErrors(async () => prepare(toStep(ctx))),
    toStepError: toDatabaseStepError,
  });
  const welcome = rows(queueWelcomeMail);
  const listed = ({ list }: Pick<TenantUndo, 'list'>) => ({
    list: (ctx: StepContext) => withStepErrors(() => list(toStep(ctx))),
  });
  const rowUndo = (undo: TenantRowUndo): RowUndo => ({
    ...listed(undo),
    rows: (ctx) => undo.rows(toStep(ctx)),
    toStepError: toDatabaseStepError,
  });
  return {
    plan: tenantCreatePlan,
    steps: {
      creating_tenant: rows(createTenantRows),
      creating_admin_user: rows(createAdminUser),
      setting_up_data: rows(setUpData),
      sending_welcome_email: app.mail.recordsOnly
        ? welcome
        : { ...welcome, after: (ctx) => withStepErrors(() => sendWelcomeMail(toStep(ctx))) },
    },
    compensations: {
      remove_tenant: rowUndo(removeTenant),
      remove_admin_user: rowUndo(removeAdminUser),
      remove_data: rowUndo(removeData),
      // It changes the tenant's row, which goes later: by itself.
      withdraw_welcome_email: {
        ...listed(withdrawWelcomeMail),
        undo: (ctx) => withStepErrors(() => withdrawWelcomeMail.undo(toStep(ctx))),
      },
    },
    timeoutMs: TIMEOUT_MS,
    validateUpdate: (field, value) => {
      const parsed = contractLine.safeParse(value);
      if (field !== 'contractLine' || !parsed.success) throw new StepError('validation.failed');
      return parsed.data;
    },
  };
}
