import type { Snapshot } from '@gangway/contract/managed-tenants';
import { isBootstrapType } from '@gangway/contract/operation-types';
import type { Run } from '@gangway/contract/operations';
import { SnapshotNumbers } from '../tenants/snapshot/snapshot-numbers.js';
import { toHeadline } from '../tenants/snapshot/to-headline.js';
import { t } from '../texts/runs.js';
import '../tenants/snapshot/snapshot.css';

/** What a run that read something has found, in the figures that the snapshot of its tenant shows. */
export function RunFound({ run }: { run: Run }) {
  const { type, result, status } = run;
  // Where a licence is missing there is nothing to read, and the outcome says so.
  if (status !== 'succeeded' || !result || result['skipped'] === true || !isBootstrapType(type)) return null;
  const found: Snapshot = {
    type,
    data: result,
    takenAt: run.finishedAt ?? run.createdAt,
    operationRunId: run.id,
  };
  return (
    <section className="stack" aria-labelledby="run-found">
      <h2 id="run-found">{t('found')}</h2>
      {type === 'inventory.organization' ? (
        <p>{toHeadline(found)}</p>
      ) : (
        <div className="measure">
          <SnapshotNumbers snapshots={[found]} />
        </div>
      )}
    </section>
  );
}
