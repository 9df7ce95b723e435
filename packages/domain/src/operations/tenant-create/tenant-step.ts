import type { Rows, StepContext } from '@gangway/engine/port';
import type { AppContext } from '../../app-context.js';
import type { TenantCreateInput } from './input.js';

/** What a step of the creation works with. */
export interface TenantStep {
  readonly app: AppContext;
  readonly tenantId: string;
  readonly input: TenantCreateInput;
  readonly ctx: StepContext;
}

/** What the way back of one step would delete now. */
interface Listed {
  readonly list: (step: TenantStep) => Promise<{ what: string; id: string }[]>;
}

/** The way back of one step, which is rows that no other step touches on its way back. */
export interface TenantRowUndo extends Listed {
  readonly rows: (step: TenantStep) => Rows;
}

export interface TenantUndo extends Listed {
  readonly undo: (step: TenantStep) => Promise<void>;
}
