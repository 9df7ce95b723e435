import type { RunSummary } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { isLive } from '../../live/is-live.js';
import { paths } from '../../paths.js';
import { toRunState } from '../../runs/run-state.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Failure } from '../../states/failure.js';
import { t } from '../../texts/bootstrap.js';
import { trpc } from '../../trpc.js';
import { AppLink } from '../../ui/app-link.js';
import { Button } from '../../ui/button.js';
import { Progress } from '../../ui/progress.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { useKeptFocus } from '../../ui/use-kept-focus.js';

interface Props {
  readonly run: RunSummary;
  readonly title: string;
  readonly onRunAgain: (() => void) | undefined;
}

/** The newest run of one operation: how far it is, and its own cancel and retry. */
export function OperationRunState({ run, title, onRunAgain }: Props) {
  const { id: workspaceId, slug, can } = useWorkspace();
  const utils = trpc.useUtils();
  const cancel = trpc.operations.cancel.useMutation({ onSuccess: () => utils.onboarding.get.invalidate() });
  const kept = useKeptFocus<HTMLDivElement>();
  const { tone, label } = toRunState(run);
  const reason = run.reasonCode && REASONS[run.reasonCode];
  return (
    <div className="operation-run stack tight" {...kept}>
      <div className="row apart">
        <StatusBadge tone={tone}>{label}</StatusBadge>
        <AppLink href={paths.run(slug, run.id)} className="small" aria-label={t('detailsNamed', { title })}>
          {t('details')}
        </AppLink>
      </div>
      {isLive(run) && <Progress value={run.progress} label={title} />}
      {reason && <p className="small">{`${reason.title}. ${reason.remedy}`}</p>}
      {run.warnings.map(({ reasonCode, message }) => (
        <p key={reasonCode} className="small">
          {message}
        </p>
      ))}
      <Failure error={cancel.error} />
      <div className="row">
        {isLive(run) && can('operation:run') && (
          <Button
            small
            busy={cancel.isPending || cancel.isSuccess}
            aria-label={t('cancelNamed', { title })}
            onClick={() => cancel.mutate({ workspaceId, operationRunId: run.id })}
          >
            {t(cancel.isSuccess ? 'cancelling' : 'cancel')}
          </Button>
        )}
        {run.status === 'failed' && onRunAgain && (
          <Button small aria-label={t('againNamed', { title })} onClick={onRunAgain}>
            {t('again')}
          </Button>
        )}
      </div>
    </div>
  );
}
