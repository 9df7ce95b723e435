import type { Run } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { t } from '../texts/runs.js';
import { Notice } from '../ui/notice.js';

/** Why it failed or waits, in one sentence with its code and remedy; warnings of a run that went through. */
export function RunOutcome({ run }: { run: Run }) {
  const reason = run.reasonCode && REASONS[run.reasonCode];
  return (
    <>
      {reason && (
        <Notice tone={run.status === 'failed' ? 'bad' : 'warn'} title={reason.title}>
          <p>{run.message ?? reason.remedy}</p>
          <p>
            <code>{run.reasonCode}</code>
          </p>
        </Notice>
      )}
      {run.held && <Notice tone="warn">{t('held')}</Notice>}
      {run.warnings.length > 0 && (
        <Notice tone="warn" title={t('warnings')}>
          <ul>
            {run.warnings.map(({ reasonCode, message }) => (
              <li key={reasonCode}>
                {message} <code>{reasonCode}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
