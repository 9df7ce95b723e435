import type { Run } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { toRemedy } from '@gangway/contract/reasons/to-remedy';
import type { ReactNode } from 'react';
import { isLive } from '../../live/is-live.js';
import { t } from '../../texts/verify.js';
import { toClock } from '../../time/when.js';
import { Notice } from '../../ui/notice.js';
import { Progress } from '../../ui/progress.js';

interface Props {
  readonly run: Run;
  readonly isStale: boolean;
  readonly actions: ReactNode;
}

/** The verification in one sentence, and what to do next. */
export function VerificationStatus({ run, isStale, actions }: Props) {
  const reason = run.reasonCode ? REASONS[run.reasonCode] : null;
  if (isLive(run)) {
    const title = t(run.status === 'queued' ? 'status.queued' : 'status.running');
    return (
      <Notice tone={run.waitingUntil ? 'waiting' : 'live'} title={title}>
        <div className="stack">
          {run.waitingUntil && (
            <p>
              {t('status.waiting', {
                reason: reason?.title ?? title,
                time: toClock(run.waitingUntil),
              })}
            </p>
          )}
          {run.waitingUntil && toThrottling(run) && <p>{toThrottling(run)}</p>}
          <Progress value={run.progress} label={title} />
          <p>{t('status.liveBody')}</p>
        </div>
      </Notice>
    );
  }
  if (isStale) {
    return (
      <Notice tone="warn" title={t('verificationStale')} actions={actions}>
        {t('stale')}
      </Notice>
    );
  }
  if (run.status === 'failed') {
    return (
      <Notice tone="bad" title={reason ? reason.title : t('check.fail')} actions={actions}>
        {toRunRemedy(run)}
      </Notice>
    );
  }
  const hasWarnings = run.warnings.length > 0;
  return (
    <Notice
      tone={hasWarnings ? 'warn' : 'ok'}
      title={t(hasWarnings ? 'status.warnings' : 'status.succeeded')}
      actions={actions}
    >
      {hasWarnings
        ? run.warnings.map(({ reasonCode, message }) => <p key={reasonCode}>{message}</p>)
        : t('status.succeededBody')}
    </Notice>
  );
}

/** What the failed check says to do: it may know more than its reason does. */
function toRunRemedy({ reasonCode, checks }: Run): string | null {
  const failed = checks?.find((check) => check.status === 'fail' && check.reasonCode === reasonCode);
  return failed?.remedy ?? (reasonCode && REASONS[reasonCode].remedy);
}

/** Whose calls were too many, if Microsoft has said so. */
function toThrottling({ reasonCode, steps }: Run): string | null {
  const evidence = steps.findLast((step) => step.evidence?.throttleScope)?.evidence;
  return reasonCode === 'provider.throttled' && evidence ? toRemedy(reasonCode, evidence) : null;
}
