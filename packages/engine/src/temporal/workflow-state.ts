import type { Json } from '../json.js';
import type { Plan } from '../plan.js';
import type { Transition } from '../reducer.js';
import type { WorkflowState } from './protocol.js';

/** What `getState` answers, kept up to date by the transitions of the interpreter. Pure. */
export class StateView {
  #state: WorkflowState = {
    step: 'queued',
    progress: 0,
    tenantId: null,
    adminUserId: null,
    companyId: null,
    emailSent: false,
    error: null,
  };

  get state(): WorkflowState {
    return this.#state;
  }

  began(plan: Plan, position: number): void {
    const step = plan.steps[position];
    if (step) this.#set({ step: step.name, progress: Math.max(this.#state.progress, step.progress[0]) });
  }

  learned(output: Json): void {
    if (typeof output !== 'object' || output === null || Array.isArray(output)) return;
    const fields = output as Readonly<Record<string, Json>>;
    const text = (name: string) => (typeof fields[name] === 'string' ? { [name]: fields[name] } : {});
    const mail = typeof fields['emailSent'] === 'boolean' ? { emailSent: fields['emailSent'] } : {};
    this.#set({ ...text('tenantId'), ...text('adminUserId'), ...text('companyId'), ...mail });
  }

  changed(plan: Plan, transition: Transition): void {
    switch (transition.kind) {
      case 'advanced':
        this.learned(transition.output);
        return this.#set({
          progress: Math.max(this.#state.progress, plan.steps[transition.position]?.progress[1] ?? 0),
        });
      case 'succeeded': {
        this.learned(transition.output);
        const { status, reasonCode } = transition.outcome;
        return this.#set(
          status === 'succeeded'
            ? { step: 'completed', progress: 100 }
            : { step: 'failed', error: reasonCode },
        );
      }
      case 'turned':
        return this.#set({ step: 'rolling_back', error: transition.failure.reasonCode });
      case 'stuck':
        return this.#set({ step: 'failed', error: 'run.rollback_failed' });
      case 'held':
      case 'failed':
        return this.#set({ step: 'failed', error: transition.failure.reasonCode });
      case 'started':
      case 'retrying':
      case 'waiting':
      case 'stepFailed':
      case 'undone':
        return undefined;
    }
  }

  #set(change: Partial<WorkflowState>): void {
    this.#state = { ...this.#state, ...change };
  }
}
