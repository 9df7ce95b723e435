import { ROLE_SUMMARIES } from '@gangway/contract/capabilities';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { errorDataOf } from '../errors.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/invitation.js';
import { toExact } from '../time/when.js';
import { trpcClient } from '../trpc.js';
import { Notice } from '../ui/notice.js';
import { PageHeading } from '../ui/page-heading.js';
import { InvitationOver } from './invitation-over.js';
import { WayIn } from './way-in.js';

/** Where an invitation's link leads, with an account or without. Opening it consumes nothing; its button does. */
export function InvitationPage() {
  const { token } = useSearch({ from: '/public/invitation' });
  // Asked by POST, so that no token stands in an address.
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => trpcClient.invitations.look.mutate({ token }),
    enabled: token !== '',
    staleTime: 60_000,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const { data: invitation, error } = query;
  const hasEnded = errorDataOf(error)?.reasonCode.startsWith('auth.token_') ?? false;
  return (
    <div className="page narrow">
      <PageHeading>
        {invitation ? t('join', { workspace: invitation.workspaceName }) : t('title')}
      </PageHeading>
      {token === '' ? (
        <Notice tone="warn" title={t('missing')}>
          {t('missingBody')}
        </Notice>
      ) : hasEnded ? (
        <InvitationOver error={error} />
      ) : (
        <Loaded query={query}>
          {({ invitedBy, workspaceName, role, email, expiresAt, hasAccount }) => (
            <div className="stack">
              <p>
                {t('lead', {
                  inviter: invitedBy,
                  workspace: workspaceName,
                  role,
                  summary: ROLE_SUMMARIES[role],
                })}
              </p>
              <p className="soft small">{t('until', { email, when: toExact(expiresAt) })}</p>
              <WayIn token={token} invitation={{ email, role, workspaceName, hasAccount }} />
            </div>
          )}
        </Loaded>
      )}
    </div>
  );
}
