import type {
  Compensation,
  Operation,
  Registry,
  RowStep,
  StepContext,
  StepEffect,
} from '@gangway/engine/port';
import type { RunTraces } from './run-trace.js';
import { endingSpan, tracer } from './tracer.js';

type Around = <T>(ctx: StepContext, work: () => Promise<T>) => Promise<T>;

/** The operations, whose steps and compensations do each attempt in a span of the run's trace. */
export function traceOperations(traces: RunTraces, registry: Registry): Registry {
  const traced = Object.entries(registry).map(([type, operation]) => [
    type,
    traceOperation(traces, operation),
  ]);
  return Object.fromEntries(traced) as Registry;
}

function traceOperation(traces: RunTraces, operation: Operation): Operation {
  const { type } = operation.plan;
  const around =
    (name: string, attributes: object): Around =>
    ({ run, attempt }, work) =>
      tracer().startActiveSpan(
        name,
        {
          attributes: {
            'gangway.operation_run_id': run.id,
            'gangway.operation_type': type,
            'gangway.attempt': attempt,
            ...attributes,
          },
        },
        traces.contextOf(run),
        (span) => endingSpan(span, work),
      );
  return {
    ...operation,
    steps: mapValues(operation.steps, (step, name) =>
      traceStep(step, around(`step ${type}.${name}`, { 'gangway.step': name })),
    ),
    compensations: mapValues(operation.compensations, (compensation, name) =>
      traceCompensation(
        compensation,
        around(`compensation ${type}.${name}`, { 'gangway.compensation': name }),
      ),
    ),
  };
}

function traceStep(step: StepEffect | RowStep, around: Around): StepEffect | RowStep {
  if (typeof step === 'function') return (ctx) => around(ctx, () => step(ctx));
  const { after } = step;
  return {
    ...step,
    prepare: (ctx) => around(ctx, () => step.prepare(ctx)),
    ...(after ? { after: (ctx: StepContext) => around(ctx, () => after(ctx)) } : {}),
  };
}

function traceCompensation(compensation: Compensation, around: Around): Compensation {
  if ('undo' in compensation)
    return { ...compensation, undo: (ctx) => around(ctx, () => compensation.undo(ctx)) };
  return {
    ...compensation,
    rows: (ctx) => around(ctx, () => Promise.resolve(compensation.rows(ctx))),
  };
}

function mapValues<T>(values: Readonly<Record<string, T>>, change: (value: T, name: string) => T) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
