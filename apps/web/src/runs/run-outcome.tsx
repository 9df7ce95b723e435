import type { Run } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { toRemedy } from '@gangway/contract/reasons/to-remedy';
import { t } from '../texts/runs.js';
import { t as verify } from '../texts/verify.js';
import { Notice } from '../ui/notice.js';
import { toWho } from '../wizard/verify/to-who.js';

/** Why it failed or waits, in one sentence with its code, what to do and who can; warnings of a run that went through. */
export function RunOutcome({ run }: { run: Run }) {
  const { reasonCode } = run;
  const reason = reasonCode && REASONS[reasonCode];
  const evidence = run.steps.findLast((step) => step.reasonCode === reasonCode)?.evidence ?? null;
  // The message says more than the title only where it is not the title.
  const message = run.message === reason?.title ? null : run.message;
  const warnings = run.warnings.filter(({ reasonCode }) => reasonCode !== run.reasonCode);
  return (
    <>
      {reasonCode && reason && (
        <Notice tone={toTone(run)} title={reason.title}>
          {message && <p>{message}</p>}
          <p>{verify('how', { remedy: toRemedy(reasonCode, evidence) })}</p>
          <p className="small">
            {reason.whoFixes !== 'nobody' && `${verify('who', { who: toWho(reasonCode) })} `}
            <code>{run.reasonCode}</code>
          </p>
        </Notice>
      )}
      {run.held && <Notice tone="warn">{t('held')}</Notice>}
      {warnings.length > 0 && (
        <Notice tone="warn" title={t('warnings')}>
          <ul>
            {warnings.map(({ reasonCode, message: text }) => (
              <li key={reasonCode}>
                {text} <code>{reasonCode}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function toTone({ status, reasonCode }: Run): 'info' | 'bad' | 'warn' {
  // Somebody wanted it so.
  if (reasonCode === 'run.cancelled') return 'info';
  return status === 'failed' ? 'bad' : 'warn';
}
