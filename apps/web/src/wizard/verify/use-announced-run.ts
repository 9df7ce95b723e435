import type { Run } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { useEffect, useRef } from 'react';
import { isLive } from '../../live/is-live.js';
import { t } from '../../texts/verify.js';
import { announce } from '../../ui/announcer.js';

/** Says how a run that was seen live ended, and when it starts to wait. */
export function useAnnouncedRun(run: Run | undefined): void {
  const wasLive = useRef(false);
  const status = run?.status;
  const reasonCode = run?.reasonCode ?? null;
  const isWaiting = typeof run?.waitingUntil === 'string';
  useEffect(() => {
    if (status === undefined) return;
    const reason = reasonCode ? REASONS[reasonCode].title : '';
    if (wasLive.current && status === 'succeeded') announce(t('announceSucceeded'));
    if (wasLive.current && status === 'failed') announce(t('announceFailed', { reason }));
    if (isWaiting) announce(t('announceWaiting', { reason }));
    wasLive.current = isLive({ status });
  }, [status, reasonCode, isWaiting]);
}
