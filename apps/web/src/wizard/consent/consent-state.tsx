import type { ConsentRequest } from '@gangway/contract/consent';
import { REASONS } from '@gangway/contract/reason-codes';
import type { ReactNode } from 'react';
import { t } from '../../texts/consent.js';
import { toExact, toSince } from '../../time/when.js';
import { Notice } from '../../ui/notice.js';
import { EvidenceDetails } from '../verify/check-finding.js';

interface Props {
  readonly request: ConsentRequest;
  /** Withdraws the link. */
  readonly revoke: ReactNode;
  /** Leads to the verification; null where it is on this very page. */
  readonly toVerification: ReactNode;
}

/** What became of the newest request, in one sentence, and what can be done about it. */
export function ConsentState({ request, revoke, toVerification }: Props) {
  const { kind, status, createdBy: who, createdAt, expiresAt, followedAt, returnedAt } = request;
  const { reasonCode, evidence } = request;
  switch (status) {
    case 'waiting':
      return (
        <Notice
          tone="waiting"
          title={t('waiting', { since: toSince(createdAt) })}
          actions={kind === 'hand_off' && revoke}
        >
          {kind === 'direct'
            ? t('waiting.direct', { who })
            : followedAt
              ? t('waiting.followed', { who, when: toExact(followedAt) })
              : t('waiting.link', { who, when: toExact(expiresAt) })}
        </Notice>
      );
    case 'returned':
      return (
        toVerification && (
          <Notice
            tone="info"
            title={t('returned', { when: toExact(returnedAt ?? createdAt) })}
            actions={toVerification}
          >
            {t('returnedBody')}
          </Notice>
        )
      );
    case 'refused':
      return (
        <Notice tone="bad" {...(reasonCode ? { title: REASONS[reasonCode].title } : {})}>
          <p>
            {t('refusedCode', { when: toExact(returnedAt ?? createdAt) })} <code>{reasonCode}</code>
          </p>
          {reasonCode && <p>{REASONS[reasonCode].remedy}</p>}
          {evidence && <EvidenceDetails evidence={evidence} />}
        </Notice>
      );
    case 'expired':
      return (
        <Notice tone="warn" title={kind === 'direct' ? t('expired') : t('expired.link', { who })}>
          {t('expiredBody', { when: toExact(expiresAt) })}
        </Notice>
      );
    case 'revoked':
      return <Notice tone="info" title={t('revoked.title')} />;
  }
}
