import type { Cloud } from '@gangway/contract/clouds';
import type { Check, Evidence } from '@gangway/contract/operations';
import { REASONS, type ReasonCode } from '@gangway/contract/reason-codes';
import { t } from '../../texts/verify.js';
import { Exact } from '../../time/when.js';
import { Icon } from '../../ui/icon.js';
import { toPortalLink } from './portal-link.js';
import { toWho } from './to-who.js';

interface Props {
  readonly check: Check;
  readonly reasonCode: ReasonCode;
  readonly target: { readonly cloud: Cloud; readonly clientId: string } | null;
}

/** What is wrong in one sentence, its code, who can fix it and how, and where. */
export function CheckFinding({ check, reasonCode, target }: Props) {
  const reason = REASONS[reasonCode];
  const link = target && toPortalLink(reasonCode, target.cloud, target.clientId);
  return (
    <div className="finding stack tight">
      <p>
        <strong>{reason.title}.</strong> <code>{reasonCode}</code>
      </p>
      <p>{t('how', { remedy: check.remedy ?? reason.remedy })}</p>
      <p className="soft">{t('who', { who: toWho(reasonCode, check.whoFixes) })}</p>
      {check.policies && <p>{t('blockedBy', { policies: toPolicies(check.policies) })}</p>}
      {link && (
        <p>
          <a href={link} target="_blank" rel="noreferrer">
            {t('deepLink')} <Icon name="external" size={15} />
          </a>
        </p>
      )}
      {check.evidence && <EvidenceDetails evidence={check.evidence} />}
    </div>
  );
}

function toPolicies(policies: NonNullable<Check['policies']>): string {
  return policies
    .map(({ id, displayName }) => (displayName === null ? id : `${displayName} (${id})`))
    .join(', ');
}

/** Identifiers to look things up by at Microsoft, folded away. */
export function EvidenceDetails({ evidence }: { evidence: Evidence }) {
  const rows = (['httpStatus', 'aadsts', 'graphCode', 'requestId', 'correlationId'] as const).flatMap(
    (key) => {
      const value = evidence[key];
      return value === null ? [] : [{ key, value }];
    },
  );
  const policyIds = evidence.policyIds ?? [];
  const { throttleScope } = evidence;
  return (
    <details className="small">
      <summary>{t('evidence')}</summary>
      <dl className="facts">
        {rows.map(({ key, value }) => (
          <div key={key} className="facts-row">
            <dt>{t(`evidence.${key}`)}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
        {policyIds.length > 0 && (
          <div className="facts-row">
            <dt>{t('evidence.policyIds')}</dt>
            <dd className="mono">{policyIds.join(', ')}</dd>
          </div>
        )}
        {throttleScope !== undefined && (
          <div className="facts-row">
            <dt>{t('evidence.throttleScope')}</dt>
            <dd className="mono">{throttleScope}</dd>
          </div>
        )}
        <div className="facts-row">
          <dt>{t('evidence.at')}</dt>
          <dd>
            <Exact at={evidence.at} />
          </dd>
        </div>
      </dl>
    </details>
  );
}
