import type { RunSummary } from '@gangway/contract/operations';
import { useEffect, useRef } from 'react';
import { isLive } from '../../live/is-live.js';
import { OPERATION_TITLES } from '../../runs/operation-titles.js';
import { toRunState } from '../../runs/run-state.js';
import { t } from '../../texts/bootstrap.js';
import { announce } from '../../ui/announcer.js';

/** Says which runs ended since the last look. */
export function useAnnouncedRuns(runs: readonly RunSummary[]): void {
  const live = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ended = runs.filter((run) => live.current.has(run.id) && !isLive(run));
    if (ended.length > 0) {
      announce(
        ended
          .map((run) =>
            t('announceDone', { title: OPERATION_TITLES[run.type], state: toRunState(run).label }),
          )
          .join('. '),
      );
    }
    live.current = new Set(runs.filter(isLive).map(({ id }) => id));
  }, [runs]);
}
