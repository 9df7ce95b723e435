import type { StepContext } from '@gangway/engine/step';
import type { House } from '../../house.js';
import type { TenantCreateInput } from './input.js';

/** What a step of the creation works with. */
export interface TenantStep {
  readonly house: House;
  readonly tenantId: string;
  readonly input: TenantCreateInput;
  readonly ctx: StepContext;
}

/** The way back of one step. */
export interface TenantUndo {
  readonly list: (step: TenantStep) => Promise<{ what: string; id: string }[]>;
  readonly undo: (step: TenantStep) => Promise<void>;
}
