import type { Cloud } from '@gangway/contract/clouds';
import type { Check } from '@gangway/contract/operations';
import { t } from '../../texts/verify.js';
import { StatusIcon } from '../../ui/status-badge.js';
import { CheckFinding } from './check-finding.js';
import { CHECK_ORDER, CHECK_TONES } from './check-tones.js';
import './check-list.css';

interface Props {
  readonly checks: readonly Check[];
  /** Where the deep links lead. */
  readonly target: { readonly cloud: Cloud; readonly clientId: string } | null;
}

/** What was found; of a row that was not looked at only why. */
function Finding({ check, target }: { check: Check | undefined; target: Props['target'] }) {
  if (check?.status === 'skipped') return check.remedy && <p className="small">{check.remedy}</p>;
  return check?.reasonCode && <CheckFinding check={check} reasonCode={check.reasonCode} target={target} />;
}

/** The nine checks, always all of them, each with icon and words. */
export function CheckList({ checks, target }: Props) {
  return (
    <ol className="checks" aria-label={t('checks')}>
      {CHECK_ORDER.map((key) => {
        const check = checks.find((candidate) => candidate.key === key);
        const status = check?.status ?? 'waiting';
        return (
          <li key={key} className={`check-row is-${status}`}>
            <StatusIcon tone={CHECK_TONES[status]} size={22} />
            <div className="grow stack tight">
              <div className="row apart">
                <h3>{t(`title.${key}`)}</h3>
                <span className="check-status">{t(`check.${status}`)}</span>
              </div>
              <p className="soft small">{t(`about.${key}`)}</p>
              <Finding check={check} target={target} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
