import type { Snapshot } from '@gangway/contract/managed-tenants';
import { lazy, Suspense, type ReactNode } from 'react';
import { Empty } from '../../states/empty.js';
import { Loading } from '../../states/loading.js';
import { t } from '../../texts/snapshot.js';
import { Ago } from '../../time/when.js';
import { snapshotOf } from './snapshot-of.js';
import { SnapshotNumbers } from './snapshot-numbers.js';
import { SnapshotLists } from './snapshot-lists.js';
import './snapshot.css';

const LicenceChart = lazy(() => import('./licence-chart.js'));

interface Props {
  readonly snapshots: readonly Snapshot[];
  readonly action?: ReactNode;
}

/** The newest numbers of a tenant: a few large ones, one chart with its table, and the lists behind them. */
export function SnapshotSection({ snapshots, action }: Props) {
  const newest = snapshots
    .map(({ takenAt }) => takenAt)
    .sort()
    .at(-1);
  const licences = snapshotOf(snapshots, 'inventory.licenses');
  return (
    <section className="stack" aria-labelledby="snapshot">
      <div className="row apart">
        <h2 id="snapshot">{t('title')}</h2>
        {newest && (
          <p className="soft small">
            {t('taken')} <Ago at={newest} />
          </p>
        )}
      </div>
      {snapshots.length === 0 ? (
        <Empty title={t('empty')} action={action}>
          {t('emptyBody')}
        </Empty>
      ) : (
        <>
          <SnapshotNumbers snapshots={snapshots} />
          {licences && licences.skus.length > 0 && (
            <Suspense fallback={<Loading />}>
              <LicenceChart skus={licences.skus} />
            </Suspense>
          )}
          <SnapshotLists snapshots={snapshots} />
        </>
      )}
    </section>
  );
}
