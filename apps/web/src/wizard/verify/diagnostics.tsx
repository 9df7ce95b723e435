import type { Run } from '@gangway/contract/operations';
import { useState } from 'react';
import { t as common } from '../../texts/common.js';
import { t } from '../../texts/verify.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Dialog } from '../../ui/dialog.js';

/** What a support case needs, and nothing that identifies a person. */
export function toDiagnostics(run: Run): string {
  const {
    id,
    type,
    status,
    reasonCode,
    attempt,
    createdAt,
    finishedAt,
    warnings,
    checks,
    permissions,
    steps,
  } = run;
  return JSON.stringify(
    {
      run: { id, type, status, reasonCode, attempt, createdAt, finishedAt },
      warnings: warnings.map((warning) => warning.reasonCode),
      checks: checks?.map(({ key, status: found, reasonCode: reason, evidence }) => ({
        key,
        status: found,
        reasonCode: reason,
        evidence,
      })),
      permissions,
      steps: steps.map(({ name, status: state, attempt: tries, reasonCode: reason }) => ({
        name,
        status: state,
        attempt: tries,
        reasonCode: reason,
      })),
    },
    null,
    2,
  );
}

export function Diagnostics({ run }: { run: Run }) {
  const [isOpen, setOpen] = useState(false);
  const text = toDiagnostics(run);
  return (
    <>
      <Button small onClick={() => setOpen(true)}>
        {t('diagnostics')}
      </Button>
      <Dialog title={t('diagnosticsTitle')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>{t('diagnosticsLead')}</p>
        <pre className="card flat diagnostics" tabIndex={0}>
          {text}
        </pre>
        <div className="row">
          <CopyButton text={text}>{common('copy')}</CopyButton>
          <Button small look="quiet" onClick={() => setOpen(false)}>
            {common('close')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
