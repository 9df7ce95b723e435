import type { Member } from '@gangway/contract/members';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/members.js';
import { Day, toExact } from '../time/when.js';
import { DataTable, type Column } from '../ui/data-table.js';
import { StatusBadge } from '../ui/status-badge.js';
import { InvitationActions } from './invitation-actions.js';

const COLUMNS: readonly Column<Member>[] = [
  { label: t('email'), isHeader: true, cell: ({ email }) => email },
  { label: t('role'), cell: ({ role }) => role },
  { label: t('status'), cell: (invitation) => <InvitationStatus invitation={invitation} /> },
  { label: t('invitedBy'), cell: ({ invitedBy }) => invitedBy },
  { label: t('sentOn'), cell: ({ since }) => <Day at={since} /> },
];
const ACTIONS: Column<Member> = {
  label: t('actions'),
  cell: ({ invitationId, email }) =>
    invitationId && <InvitationActions invitationId={invitationId} email={email} />,
};

/** Who was invited and has not come yet, by whom and until when. */
export function PendingInvitations({ invitations }: { invitations: readonly Member[] }) {
  const columns = useWorkspace().can('member:manage') ? [...COLUMNS, ACTIONS] : COLUMNS;
  return (
    <section className="stack" aria-labelledby="pending">
      <h2 id="pending">{t('pending')}</h2>
      <div className="card">
        <DataTable caption={t('pending')} columns={columns} rows={invitations} keyOf={({ email }) => email} />
      </div>
    </section>
  );
}

function InvitationStatus({ invitation: { status, expiresAt } }: { invitation: Member }) {
  const hasEnded = status === 'expired';
  return (
    <div className="stack tight">
      <div>
        <StatusBadge tone={hasEnded ? 'warn' : 'waiting'}>{t(`status.${status}`)}</StatusBadge>
      </div>
      {expiresAt && (
        <span className="small soft">
          {t(hasEnded ? 'invitation.ended' : 'invitation.until', { when: toExact(expiresAt) })}
        </span>
      )}
    </div>
  );
}
