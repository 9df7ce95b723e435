import * as operations from '@gangway/contract/operations';
import { cancelRun } from '@gangway/domain/operations/cancel-run';
import { getRun } from '@gangway/domain/operations/get-run';
import { listOperationTypes } from '@gangway/domain/operations/list-operation-types';
import { listRunEvents } from '@gangway/domain/operations/list-run-events';
import { listRuns } from '@gangway/domain/operations/list-runs';
import { resumeRun } from '@gangway/domain/operations/resume-run';
import { retryRun } from '@gangway/domain/operations/retry-run';
import { rollBackRun } from '@gangway/domain/operations/roll-back-run';
import { startOperation } from '@gangway/domain/operations/start-operation';
import { tracked } from '@trpc/server';
import { toAfterSeq } from '../after-seq.js';
import { countStream } from '../count-stream.js';
import { workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

// The declaration of `watch` names this type, so it has to be reachable by an import.
export type { TrackedData } from '@trpc/server/unstable-core-do-not-import';

const read = workspaceProcedure('operation:read');
const run = workspaceProcedure('operation:run');

export const operationsRouter = t.router({
  types: read
    .input(operations.types.in)
    .output(operations.types.out)
    .query(({ ctx, input }) => listOperationTypes(ctx.scope, input)),
  list: read
    .input(operations.list.in)
    .output(operations.list.out)
    .query(({ ctx, input }) => listRuns(ctx.scope, input)),
  get: read
    .input(operations.get.in)
    .output(operations.get.out)
    .query(({ ctx, input }) => getRun(ctx.scope, input)),
  events: read
    .input(operations.events.in)
    .output(operations.events.out)
    .query(({ ctx, input }) => listRunEvents(ctx.scope, input)),
  start: run
    .input(operations.start.in)
    .output(operations.start.out)
    .mutation(({ ctx, input }) => startOperation(ctx.scope, input)),
  cancel: run
    .input(operations.cancel.in)
    .output(operations.cancel.out)
    .mutation(({ ctx, input }) => cancelRun(ctx.scope, input)),
  retry: run
    .input(operations.retry.in)
    .output(operations.retry.out)
    .mutation(({ ctx, input }) => retryRun(ctx.scope, input)),
  resume: run
    .input(operations.resume.in)
    .output(operations.resume.out)
    .mutation(({ ctx, input }) => resumeRun(ctx.scope, input)),
  rollBack: run
    .input(operations.rollBack.in)
    .output(operations.rollBack.out)
    .mutation(({ ctx, input }) => rollBackRun(ctx.scope, input)),
  watch: read.input(operations.watch.in).subscription(async function* ({ ctx, input, signal }) {
    const { workspaceId, actor } = ctx.scope;
    const watcher = { workspaceId, userId: actor.id, browserSessionId: actor.browserSessionId };
    const until = signal ?? new AbortController().signal;
    const events = ctx.watch(watcher, input.operationRunId, toAfterSeq(input.lastEventId), until);
    const counted = countStream(ctx.app, { kind: 'user', id: actor.id }, events);
    for await (const event of counted) yield tracked(String(event.seq), event);
  }),
});
