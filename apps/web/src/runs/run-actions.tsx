import type { Run } from '@gangway/contract/operations';
import { useState } from 'react';
import { isLive } from '../live/is-live.js';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t } from '../texts/runs.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { useKeptFocus } from '../ui/use-kept-focus.js';
import { useGo } from '../ui/use-go.js';
import { RollBackDialog } from './roll-back-dialog.js';

/** What can be done to a run in the state it is in. */
export function RunActions({ run }: { run: Run }) {
  const { id: workspaceId, slug, can } = useWorkspace();
  const go = useGo();
  const utils = trpc.useUtils();
  const kept = useKeptFocus<HTMLDivElement>();
  const [isRollingBack, setRollingBack] = useState(false);
  const reload = () => utils.operations.get.invalidate();
  const cancel = trpc.operations.cancel.useMutation({
    onSuccess: async () => {
      announce(t('cancelled'));
      await reload();
    },
  });
  const retry = trpc.operations.retry.useMutation({
    onSuccess: ({ operationRunId }) => go(paths.run(slug, operationRunId)),
  });
  const resume = trpc.operations.resume.useMutation({
    onSuccess: async () => {
      announce(t('resumed'));
      await reload();
    },
  });
  const input = { workspaceId, operationRunId: run.id };
  if (!can('operation:run')) return null;
  const buttons = [
    isLive(run) && (
      <Button key="cancel" busy={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate(input)}>
        {t(cancel.isSuccess ? 'cancelling' : 'cancel')}
      </Button>
    ),
    run.held && (
      <Button key="resume" look="primary" busy={resume.isPending} onClick={() => resume.mutate(input)}>
        {t('resume')}
      </Button>
    ),
    run.held && (
      <Button key="rollback" look="danger" onClick={() => setRollingBack(true)}>
        {t('rollBack')}
      </Button>
    ),
    run.status === 'failed' && !run.held && (
      <Button key="retry" look="primary" busy={retry.isPending} onClick={() => retry.mutate(input)}>
        {t('retry')}
      </Button>
    ),
  ].filter(Boolean);
  if (buttons.length === 0) return null;
  return (
    <div className="stack" {...kept}>
      <div className="row">{buttons}</div>
      <Failure error={cancel.error ?? retry.error ?? resume.error} onReload={() => void reload()} />
      {isRollingBack && <RollBackDialog run={run} onClose={() => setRollingBack(false)} />}
    </div>
  );
}
