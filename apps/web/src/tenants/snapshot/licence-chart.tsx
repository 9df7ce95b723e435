import type { SnapshotData } from '@gangway/contract/snapshots';
import { t } from '../../texts/snapshot.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { toSkuName } from './sku-names.js';
import { toNumber } from './to-number.js';

type Sku = SnapshotData['inventory.licenses']['skus'][number];

const COLUMNS: readonly Column<Sku>[] = [
  { label: t('sku'), isHeader: true, cell: ({ skuPartNumber }) => toSkuName(skuPartNumber) },
  { label: t('partNumber'), cell: ({ skuPartNumber }) => <code translate="no">{skuPartNumber}</code> },
  { label: t('enabled'), isNumber: true, cell: ({ enabled }) => toNumber(enabled) },
  { label: t('consumed'), isNumber: true, cell: ({ consumed }) => toNumber(consumed) },
];

/** How much of each licence is in use, as bars; the same numbers as a table below. */
export default function LicenceChart({ skus }: { skus: readonly Sku[] }) {
  return (
    <figure className="card stack" aria-labelledby="licence-chart">
      <h3 id="licence-chart">{t('chart')}</h3>
      <div className="bars" aria-hidden>
        {skus.map(({ skuPartNumber, enabled, consumed }) => (
          <div key={skuPartNumber}>
            <div className="row apart small">
              <span>{toSkuName(skuPartNumber)}</span>
              <span className="soft">
                {t('share', { consumed: toNumber(consumed), enabled: toNumber(enabled) })}
              </span>
            </div>
            <div className="bar-track">
              <div className="bar-fill" style={{ inlineSize: `${toShare(consumed, enabled)}%` }} />
            </div>
          </div>
        ))}
      </div>
      <details>
        <summary className="plain">{t('list')}</summary>
        <DataTable
          caption={t('chartCaption')}
          isCaptionShown
          columns={COLUMNS}
          rows={skus}
          keyOf={({ skuPartNumber }) => skuPartNumber}
        />
      </details>
    </figure>
  );
}

// More in use than exist happens in a grace period; the bar stays in its track.
function toShare(consumed: number, enabled: number): number {
  if (enabled === 0) return consumed > 0 ? 100 : 0;
  return Math.min(100, Math.round((consumed / enabled) * 100));
}
