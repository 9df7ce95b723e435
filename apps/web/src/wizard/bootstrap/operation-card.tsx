import type { Snapshot } from '@gangway/contract/managed-tenants';
import type { OperationInfo, RunSummary } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { toHeadline } from '../../tenants/snapshot/to-headline.js';
import { t } from '../../texts/bootstrap.js';
import { toDuration } from '../../time/when.js';
import { StatusIcon } from '../../ui/status-badge.js';
import { OperationRunState } from './operation-run-state.js';

interface Props {
  readonly operation: OperationInfo;
  readonly run: RunSummary | undefined;
  /** What the newest run of it found. */
  readonly snapshot: Snapshot | undefined;
  readonly canStart: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onRunAgain: () => void;
}

/** What one operation reads and needs, why it cannot run, or how far it is. */
export function OperationCard({ operation, run, snapshot, canStart, isChosen, onChoose, onRunAgain }: Props) {
  const { type, title, description, reads, permissions, licence, lastDurationMs, canRun, reasonCode } =
    operation;
  const isLocked = canRun === false;
  return (
    <li className={isLocked ? 'card operation locked' : 'card operation'}>
      <div>
        <h2 className="operation-title">
          {canStart ? (
            <label className="check">
              <input
                type="checkbox"
                checked={isChosen}
                aria-describedby={`about-${type}`}
                onChange={(event) => onChoose(event.target.checked)}
              />
              {title}
            </label>
          ) : (
            title
          )}
        </h2>
        <p id={`about-${type}`} className="soft small">
          {description}
        </p>
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
      {snapshot && <p className="operation-headline">{toHeadline(snapshot)}</p>}
      {isLocked && (
        <div className="row top small">
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
