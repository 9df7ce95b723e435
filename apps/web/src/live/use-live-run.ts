import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { trpc } from '../trpc.js';
import { applyRunEvent, type SeenRun } from './apply-run-event.js';
import { isLive } from './is-live.js';
import { useIsVisible } from './use-is-visible.js';
import { watchRun } from './watch-run.js';

const POLL_MS = 2_000;
/** Beside an open stream: in case it is held open by something on the way that delivers nothing. */
const SLOW_POLL_MS = 10_000;

interface LiveRun {
  readonly query: Pick<
    UseQueryResult<SeenRun, unknown>,
    'data' | 'error' | 'isPending' | 'refetch' | 'dataUpdatedAt'
  >;
  /** Live, but followed by polling only. */
  readonly isStreamLost: boolean;
}

/**
 * A run that keeps itself up to date: a stream while it is live and the tab is visible, polling where the stream is
 * lost, one last read when it finishes. `onFinished` is called once, when the run ends while being watched.
 */
export function useLiveRun(workspaceId: string, operationRunId: string, onFinished?: () => void): LiveRun {
  const input = { workspaceId, operationRunId };
  const [stream, setStream] = useState<'off' | 'open' | 'lost'>('off');
  const lastEventId = useRef<string | null>(null);
  const wasLive = useRef(false);
  const utils = trpc.useUtils();
  const query = trpc.operations.get.useQuery(input, {
    refetchInterval: ({ state }) => isLive(state.data) && (stream === 'open' ? SLOW_POLL_MS : POLL_MS),
  });
  const isRunLive = isLive(query.data);
  const isVisible = useIsVisible();

  useEffect(() => {
    if (!isRunLive || !isVisible) return;
    const stop = watchRun({
      workspaceId,
      operationRunId,
      lastEventId: lastEventId.current,
      onStream: setStream,
      onEvent: (id, event) => {
        lastEventId.current = id;
        utils.operations.get.setData(
          { workspaceId, operationRunId },
          (run) => run && applyRunEvent(run, event),
        );
      },
    });
    return () => {
      stop();
      setStream('off');
    };
  }, [workspaceId, operationRunId, isRunLive, isVisible, utils]);

  const tellFinished = useEffectEvent(() => onFinished?.());
  useEffect(() => {
    if (wasLive.current && query.data && !isRunLive) {
      void utils.operations.get.invalidate({ workspaceId, operationRunId });
      tellFinished();
    }
    wasLive.current = isRunLive;
  }, [isRunLive, query.data, workspaceId, operationRunId, utils]);

  return { query, isStreamLost: stream === 'lost' && isRunLive };
}
