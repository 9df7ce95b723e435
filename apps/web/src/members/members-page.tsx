import { useWorkspace } from '../shell/workspace-context.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/members.js';
import { trpc } from '../trpc.js';
import { PageHeading } from '../ui/page-heading.js';
import { InviteForm } from './invite-form.js';
import { MemberTable } from './member-table.js';
import { PendingInvitations } from './pending-invitations.js';

export function MembersPage() {
  const { id: workspaceId, can } = useWorkspace();
  const query = trpc.members.list.useQuery({ workspaceId, limit: 100 });
  return (
    <div className="page">
      <PageHeading>{t('title')}</PageHeading>
      <div className="stack loose">
        <p className="soft">{t('lead')}</p>
        <Loaded query={query}>
          {({ items }) => {
            const invitations = items.filter(({ status }) => status !== 'active');
            return (
              <>
                <MemberTable members={items.filter(({ status }) => status === 'active')} />
                {invitations.length > 0 && <PendingInvitations invitations={invitations} />}
              </>
            );
          }}
        </Loaded>
        {can('member:manage') && <InviteForm />}
      </div>
    </div>
  );
}
