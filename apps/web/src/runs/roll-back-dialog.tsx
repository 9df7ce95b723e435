import type { Run } from '@gangway/contract/operations';
import { useEffect } from 'react';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/runs.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';

/** Shows exactly what would be deleted before anything is. */
export function RollBackDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const dryRun = trpc.operations.rollBack.useMutation();
  const items = dryRun.data?.items;
  const hasNothing = items?.length === 0;
  const rollBack = trpc.operations.rollBack.useMutation({
    onSuccess: async () => {
      announce(t(hasNothing ? 'ending' : 'rolledBack'));
      await utils.operations.get.invalidate();
      onClose();
    },
  });
  const runId = run.id;
  const { mutate } = dryRun;
  useEffect(() => {
    mutate({ workspaceId, operationRunId: runId, dryRun: true });
  }, [mutate, workspaceId, runId]);
  return (
    <Dialog title={t(hasNothing ? 'endTitle' : 'rollBackTitle')} isOpen onClose={onClose}>
      <Failure error={dryRun.error ?? rollBack.error} />
      {dryRun.isPending && <Loading />}
      {items && <p>{t(hasNothing ? 'rollBackNothing' : 'rollBackLead')}</p>}
      {items && !hasNothing && (
        <ol className="card flat list">
          {items.map(({ step, what, id }) => (
            <li key={`${step}${id}`}>
              {what} <code>{id}</code>
              <p className="soft small">
                {t('rollBackStep', { step: run.steps.find(({ name }) => name === step)?.title ?? step })}
              </p>
            </li>
          ))}
        </ol>
      )}
      <div className="row">
        {items && (
          <Button
            look={hasNothing ? 'primary' : 'danger'}
            busy={rollBack.isPending}
            onClick={() => rollBack.mutate({ workspaceId, operationRunId: runId, dryRun: false })}
          >
            {t(hasNothing ? 'rollBackEnd' : 'rollBackConfirm', { count: items.length })}
          </Button>
        )}
        <Button onClick={onClose}>{common('cancel')}</Button>
      </div>
    </Dialog>
  );
}
