import type { z } from 'zod';
import type { openHandOff } from '@gangway/contract/consent';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { errorDataOf, statusOf } from '../errors.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { t } from '../texts/handoff.js';
import { toExact } from '../time/when.js';
import { trpc, trpcClient } from '../trpc.js';
import { Button } from '../ui/button.js';
import { Identifier } from '../ui/identifier.js';
import { Notice } from '../ui/notice.js';
import { PageHeading } from '../ui/page-heading.js';
import { SandboxTag } from '../ui/tag.js';
import { Disclosure } from '../wizard/connection/disclosure.js';

/** Where a hand-off link leads: what is asked for, and the way to Microsoft. Opening it uses nothing up; the button does. */
export function HandOffPage() {
  const { token } = useParams({ from: '/hand-off/handoff/$token' });
  // Asked by POST, so that no token stands in an address. What was shown must not change under the reader; the button finds
  // out whether the link still works.
  const asked = useQuery({
    queryKey: ['hand-off', token],
    queryFn: () => trpcClient.consent.openHandOff.mutate({ token }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const follow = trpc.consent.followHandOff.useMutation({ onSuccess: ({ url }) => location.assign(url) });
  if (asked.error || hasEnded(follow.error)) {
    return (
      <div className="page">
        <PageHeading>{t('linkTitle')}</PageHeading>
        <LinkFailure error={asked.error ?? follow.error} onRetry={() => void asked.refetch()} />
      </div>
    );
  }
  if (!asked.data) {
    return (
      <div className="page">
        <Loading lines={6} />
      </div>
    );
  }
  return (
    <div className="page">
      <PageHeading eyebrow={<SandboxTag cloud={asked.data.cloud} />}>
        {t('title', { workspace: asked.data.workspaceName })}
      </PageHeading>
      <div className="stack loose">
        <Asked asked={asked.data} />
        <Disclosure />
        <Failure error={follow.error} onRetry={() => follow.mutate({ token })} />
        <div className="stack tight">
          <div>
            <Button look="primary" busy={follow.isPending} onClick={() => follow.mutate({ token })}>
              {t('continue')}
            </Button>
          </div>
          <p className="soft small measure">{t('continueHint')}</p>
        </div>
      </div>
    </div>
  );
}

function Asked({ asked }: { asked: z.infer<typeof openHandOff.out> }) {
  return (
    <div className="stack">
      <p className="measure">{t('lead', { who: asked.askedBy, tenant: asked.domain ?? asked.tenantName })}</p>
      <dl className="facts">
        <dt>{t('tenant')}</dt>
        <dd>{asked.domain ? `${asked.tenantName} (${asked.domain})` : asked.tenantName}</dd>
        <dt>{t('tenantId')}</dt>
        <dd>
          <Identifier value={asked.entraTenantId} />
        </dd>
        <dt>{t('application')}</dt>
        <dd>
          <Identifier value={asked.clientId} />
        </dd>
        <dt>{t('askedBy')}</dt>
        <dd>{asked.askedBy}</dd>
        <dt>{t('until')}</dt>
        <dd>{toExact(asked.expiresAt)}</dd>
      </dl>
    </div>
  );
}

/** 410, or a link that nobody made: asking again is the only thing that helps. */
function hasEnded(error: unknown): boolean {
  return statusOf(error) === 410 || errorDataOf(error)?.reasonCode === 'auth.token_invalid';
}

function LinkFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!hasEnded(error)) return <Failure error={error} onRetry={onRetry} />;
  const since = errorDataOf(error)?.expiredAt;
  return (
    <Notice tone="warn" isAlert title={error instanceof Error ? error.message : ''}>
      {since && <p>{t('over', { when: toExact(since) })}</p>}
      <p>{t('overHow')}</p>
    </Notice>
  );
}
