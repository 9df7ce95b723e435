import type { SnapshotData } from '@gangway/contract/snapshots';
import { t } from '../../texts/snapshot.js';

type Sku = SnapshotData['inventory.licenses']['skus'][number];

/** How much of each licence is in use, as bars; the same numbers as a table below. */
export default function LicenceChart({ skus }: { skus: readonly Sku[] }) {
  return (
    <figure className="card stack" aria-labelledby="licence-chart">
      <h3 id="licence-chart">{t('chart')}</h3>
      <div className="bars" aria-hidden>
        {skus.map(({ skuPartNumber, enabled, consumed }) => (
          <div key={skuPartNumber}>
            <div className="row apart small">
              <span className="mono">{skuPartNumber}</span>
              <span className="soft">{t('share', { consumed, enabled })}</span>
            </div>
            <div className="bar-track">
              <div className="bar-fill" style={{ inlineSize: `${toShare(consumed, enabled)}%` }} />
            </div>
          </div>
        ))}
      </div>
      <details>
        <summary className="plain">{t('list')}</summary>
        <div className="table-wrap">
          <table>
            <caption>{t('chartCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('sku')}</th>
                <th scope="col" className="number">
                  {t('enabled')}
                </th>
                <th scope="col" className="number">
                  {t('consumed')}
                </th>
              </tr>
            </thead>
            <tbody>
              {skus.map(({ skuPartNumber, enabled, consumed }) => (
                <tr key={skuPartNumber}>
                  <th scope="row" className="mono">
                    {skuPartNumber}
                  </th>
                  <td className="number">{enabled}</td>
                  <td className="number">{consumed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

// More in use than exist happens in a grace period; the bar stays in its track.
function toShare(consumed: number, enabled: number): number {
  if (enabled === 0) return consumed > 0 ? 100 : 0;
  return Math.min(100, Math.round((consumed / enabled) * 100));
}
