import type { Member } from '@gangway/contract/members';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/members.js';
import { Day } from '../time/when.js';
import { DataTable, type Column } from '../ui/data-table.js';
import { MemberActions } from './member-actions.js';

const COLUMNS: readonly Column<Member>[] = [
  { label: t('email'), isHeader: true, cell: ({ email }) => email },
  { label: t('name'), cell: ({ name }) => name },
  { label: t('since'), cell: ({ since }) => <Day at={since} /> },
  { label: t('role'), cell: (member) => <RoleCell member={member} /> },
];

export function MemberTable({ members }: { members: readonly Member[] }) {
  return (
    <div className="card">
      <DataTable caption={t('caption')} columns={COLUMNS} rows={members} keyOf={({ email }) => email} />
    </div>
  );
}

function RoleCell({ member }: { member: Member }) {
  const canManage = useWorkspace().can('member:manage');
  return canManage && member.userId ? (
    <MemberActions member={member} userId={member.userId} />
  ) : (
    <>{member.role}</>
  );
}
