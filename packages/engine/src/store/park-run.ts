import type { EngineOptions } from '../options.js';
import { applyChange } from './apply-change.js';
import { changeOf } from './change-of.js';
import type { RunWithSteps } from './records.js';
import { runWriterOf } from './run-writer.js';

/** Sets a run aside that takes its workers down, so that the others go on; an operator resumes it or rolls it back. */
export async function parkRun(options: EngineOptions, fence: number, run: RunWithSteps): Promise<void> {
  options.log?.error(
    { runId: run.id, crashes: run.crashes },
    'A run was parked: its workers were lost repeatedly',
  );
  const { plan } = options.registry[run.type];
  const context = { plan, run, startsNext: false, between: { dueInMs: 0, isWait: false } };
  const failure = { reasonCode: 'run.worker_lost', message: null, evidence: null } as const;
  const change = changeOf(context, { kind: 'held', position: run.stepPosition, failure });
  const rows = options.onFinished?.(applyChange(run, change));
  await runWriterOf(options.db.pool).write({ ...change, runId: run.id, fence, ...(rows && { rows }) });
}
