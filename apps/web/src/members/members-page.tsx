import { getQueryKey } from '@trpc/react-query';
import { useWorkspace } from '../shell/workspace-context.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/members.js';
import { trpc, trpcClient } from '../trpc.js';
import { LoadMore } from '../ui/load-more.js';
import { PageHeading } from '../ui/page-heading.js';
import { usePages } from '../ui/use-pages.js';
import { InviteForm } from './invite-form.js';
import { MemberTable } from './member-table.js';
import { PendingInvitations } from './pending-invitations.js';

export function MembersPage() {
  const { id: workspaceId, can } = useWorkspace();
  const input = { workspaceId, limit: 100 };
  const list = usePages({
    queryKey: getQueryKey(trpc.members.list, input, 'infinite'),
    load: (cursor) => trpcClient.members.list.query({ ...input, cursor }),
  });
  return (
    <div className="page">
      <PageHeading>{t('title')}</PageHeading>
      <div className="stack loose">
        <p className="soft">{t('lead')}</p>
        <Loaded query={list}>
          {(items) => {
            const invitations = items.filter(({ status }) => status !== 'active');
            return (
              <>
                <MemberTable
                  members={items.filter(({ status }) => status === 'active')}
                  isWhole={!list.hasNextPage}
                />
                {invitations.length > 0 && <PendingInvitations invitations={invitations} />}
              </>
            );
          }}
        </Loaded>
        <LoadMore list={list} />
        {can('member:manage') && <InviteForm />}
      </div>
    </div>
  );
}
