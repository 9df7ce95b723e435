import type { Run } from '@gangway/contract/operations';
import { useParams } from '@tanstack/react-router';
import { isLive } from '../live/is-live.js';
import { useLiveRun } from '../live/use-live-run.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Loaded } from '../states/loaded.js';
import { Reconnecting } from '../states/reconnecting.js';
import { t as verify } from '../texts/verify.js';
import { trpc } from '../trpc.js';
import { PageHeading } from '../ui/page-heading.js';
import { Progress } from '../ui/progress.js';
import { StatusBadge } from '../ui/status-badge.js';
import { CheckList } from '../wizard/verify/check-list.js';
import { Diagnostics } from '../wizard/verify/diagnostics.js';
import { PermissionTable } from '../wizard/verify/permission-table.js';
import { useAnnouncedRun } from '../wizard/verify/use-announced-run.js';
import { OPERATION_TITLES } from './operation-titles.js';
import { RunActions } from './run-actions.js';
import { RunEvents } from './run-events.js';
import { RunFacts } from './run-facts.js';
import { RunFound } from './run-found.js';
import { RunOutcome } from './run-outcome.js';
import { toRunState } from './run-state.js';
import { RunSteps } from './run-steps.js';

/** One run, live: what it did, what it is doing, why it stopped, and what can be done about it. */
export function RunPage() {
  const { id: workspaceId } = useWorkspace();
  const { operationRunId } = useParams({ from: '/signed-in/w/$slug/runs/$operationRunId' });
  const utils = trpc.useUtils();
  const { query, isStreamLost } = useLiveRun(workspaceId, operationRunId, () => {
    void utils.operations.list.invalidate();
    void utils.operations.events.invalidate();
  });
  useAnnouncedRun(query.data);
  return (
    <Loaded query={query} isPage>
      {(run) => (
        <div className="page">
          <RunHead run={run} />
          <div className="stack loose">
            {isStreamLost && <Reconnecting updatedAt={query.dataUpdatedAt} />}
            {isLive(run) && <Progress value={run.progress} label={OPERATION_TITLES[run.type]} />}
            <RunOutcome run={run} />
            <RunActions run={run} />
            <RunFound run={run} />
            <RunFacts run={run} />
            {run.checks ? (
              <section className="stack" aria-labelledby="run-checks">
                <h2 id="run-checks">{verify('checks')}</h2>
                <CheckList checks={run.checks} target={null} />
              </section>
            ) : (
              <RunSteps steps={run.steps} />
            )}
            {run.permissions && run.permissions.length > 0 && (
              <PermissionTable permissions={run.permissions} />
            )}
            <RunEvents run={run} />
            <div className="row">
              <Diagnostics run={run} />
            </div>
          </div>
        </div>
      )}
    </Loaded>
  );
}

function RunHead({ run }: { run: Run }) {
  const { tone, label } = toRunState(run);
  return (
    <PageHeading eyebrow={<StatusBadge tone={tone}>{label}</StatusBadge>}>
      {OPERATION_TITLES[run.type]}
    </PageHeading>
  );
}
