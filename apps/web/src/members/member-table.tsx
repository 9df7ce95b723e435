import type { Member } from '@gangway/contract/members';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/members.js';
import { Day } from '../time/when.js';
import { DataTable } from '../ui/data-table.js';
import { MemberActions } from './member-actions.js';

export function MemberTable({ members }: { members: readonly Member[] }) {
  const canManage = useWorkspace().can('member:manage');
  return (
    <div className="card">
      <DataTable
        caption={t('caption')}
        rows={members}
        keyOf={({ email }) => email}
        columns={[
          { label: t('email'), isHeader: true, cell: ({ email }) => email },
          { label: t('name'), cell: ({ name }) => name },
          { label: t('since'), cell: ({ since }) => <Day at={since} /> },
          {
            label: t('role'),
            cell: (member) =>
              canManage && member.userId ? (
                <MemberActions member={member} userId={member.userId} />
              ) : (
                member.role
              ),
          },
        ]}
      />
    </div>
  );
}
