import type { Member } from '@gangway/contract/members';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/members.js';
import { Day } from '../time/when.js';
import { DataTable, type Column } from '../ui/data-table.js';
import { MemberActions } from './member-actions.js';

const columnsOf = (hasOneOwner: boolean): readonly Column<Member>[] => [
  { label: t('email'), isHeader: true, cell: ({ email }) => email },
  { label: t('name'), cell: ({ name }) => name },
  { label: t('since'), cell: ({ since }) => <Day at={since} /> },
  {
    label: t('role'),
    cell: (member) => <RoleCell member={member} isOnlyOwner={hasOneOwner && member.role === 'owner'} />,
  },
];

interface Props {
  readonly members: readonly Member[];
  /** Whether these are all of them. */
  readonly isWhole: boolean;
}

export function MemberTable({ members, isWhole }: Props) {
  const hasOneOwner = isWhole && members.filter(({ role }) => role === 'owner').length === 1;
  return (
    <div className="card">
      <DataTable
        caption={t('caption')}
        columns={columnsOf(hasOneOwner)}
        rows={members}
        keyOf={({ email }) => email}
      />
    </div>
  );
}

function RoleCell({ member, isOnlyOwner }: { member: Member; isOnlyOwner: boolean }) {
  const canManage = useWorkspace().can('member:manage');
  // A workspace keeps an owner, so both changes would be refused.
  if (canManage && isOnlyOwner)
    return (
      <div className="stack tight">
        <span>{member.role}</span>
        <span className="small soft">{t('onlyOwner')}</span>
      </div>
    );
  return canManage && member.userId ? (
    <MemberActions member={member} userId={member.userId} />
  ) : (
    <>{member.role}</>
  );
}
