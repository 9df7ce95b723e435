import type { Run, RunEvent } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { useState } from 'react';
import { isLive } from '../live/is-live.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/runs.js';
import { toClock, toExactSeconds } from '../time/when.js';
import { trpc } from '../trpc.js';
import './run-events.css';

const POLL_MS = 2_000;

/** Everything that happened, attempt by attempt; folded away until somebody asks. */
export function RunEvents({ run }: { run: Run }) {
  const { id: workspaceId } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const query = trpc.operations.events.useQuery(
    { workspaceId, operationRunId: run.id },
    { enabled: isOpen, staleTime: 0, refetchInterval: isLive(run) && POLL_MS },
  );
  return (
    <details className="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="plain">{t('events')}</summary>
      {isOpen && (
        <Loaded query={query}>
          {({ items }) => (
            <ol className="run-events">
              {items.map((event) => (
                <li key={event.seq}>
                  <time dateTime={event.at} className="soft small">
                    {toExactSeconds(event.at)}
                  </time>
                  <span>{toWords(event, run)}</span>
                </li>
              ))}
            </ol>
          )}
        </Loaded>
      )}
    </details>
  );
}

function toWords({ kind, run: state, changed }: RunEvent, run: Run): string {
  const step = run.steps.find(({ name }) => name === changed?.name)?.title ?? changed?.name ?? '';
  const why = state.reasonCode ? `: ${REASONS[state.reasonCode].title}` : '';
  switch (kind) {
    case 'step.started':
      return changed && changed.attempt > 1
        ? t('event.step.again', { step, count: changed.attempt })
        : t('event.step.started', { step });
    case 'step.finished':
    case 'step.compensated':
      return t(`event.${kind}`, { step });
    case 'step.failed':
      return t('event.step.failed', { step }) + why;
    case 'run.waiting':
      return t('event.run.waiting', { time: state.waitingUntil ? toClock(state.waitingUntil) : '' }) + why;
    case 'run.finished':
      return state.held ? t('event.run.held') + why : t(`event.ended.${state.status}`) + why;
    case 'run.queued':
    case 'run.started':
    case 'run.signalled':
      return t(`event.${kind}`);
  }
}
