import type { OperationInfo, RunSummary } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { t } from '../../texts/bootstrap.js';
import { toDuration } from '../../time/when.js';
import { StatusIcon } from '../../ui/status-badge.js';
import { OperationRunState } from './operation-run-state.js';

interface Props {
  readonly operation: OperationInfo;
  readonly run: RunSummary | undefined;
  readonly canStart: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onRunAgain: () => void;
}

/** What one operation reads and needs, why it cannot run, or how far it is. */
export function OperationCard({ operation, run, canStart, isChosen, onChoose, onRunAgain }: Props) {
  const { title, description, reads, permissions, licence, lastDurationMs, canRun, reasonCode } = operation;
  const isLocked = canRun === false;
  return (
    <li className={isLocked ? 'card operation locked' : 'card operation'}>
      <div className="row top">
        {canStart && (
          <label className="operation-pick">
            <input type="checkbox" checked={isChosen} onChange={(event) => onChoose(event.target.checked)} />
            <span className="visually-hidden">{t('select', { title })}</span>
          </label>
        )}
        <div className="grow">
          <h2 className="operation-title">{title}</h2>
          <p className="soft small">{description}</p>
        </div>
      </div>
      <dl className="facts small">
        <dt>{t('reads')}</dt>
        <dd>{reads}</dd>
        <dt>{t('permission')}</dt>
        <dd>
          <code translate="no">{permissions.join(', ')}</code>
        </dd>
        {licence && (
          <>
            <dt>{t('licence')}</dt>
            <dd>{licence}</dd>
          </>
        )}
        {lastDurationMs !== null && (
          <>
            <dt>{t('lasted')}</dt>
            <dd>{toDuration(lastDurationMs)}</dd>
          </>
        )}
      </dl>
      {isLocked && (
        <div className="row top small operation-reason">
          <StatusIcon tone="locked" size={16} />
          <p className="grow">
            <strong>{t('locked')}.</strong>{' '}
            {reasonCode && `${REASONS[reasonCode].title}. ${REASONS[reasonCode].remedy}`}
          </p>
        </div>
      )}
      {run && <OperationRunState run={run} title={title} onRunAgain={canStart ? onRunAgain : undefined} />}
    </li>
  );
}
