import type { Member } from '@gangway/contract/members';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/members.js';
import { Day, toExact } from '../time/when.js';
import { DataTable } from '../ui/data-table.js';
import { StatusBadge } from '../ui/status-badge.js';
import { InvitationActions } from './invitation-actions.js';

/** Who was invited and has not come yet, by whom and until when. */
export function PendingInvitations({ invitations }: { invitations: readonly Member[] }) {
  const canManage = useWorkspace().can('member:manage');
  return (
    <section className="stack" aria-labelledby="pending">
      <h2 id="pending">{t('pending')}</h2>
      <div className="card">
        <DataTable
          caption={t('pending')}
          rows={invitations}
          keyOf={({ email }) => email}
          columns={[
            { label: t('email'), isHeader: true, cell: ({ email }) => email },
            { label: t('role'), cell: ({ role }) => role },
            { label: t('status'), cell: toStatus },
            { label: t('invitedBy'), cell: ({ invitedBy }) => invitedBy },
            { label: t('sentOn'), cell: ({ since }) => <Day at={since} /> },
            ...(canManage
              ? [
                  {
                    label: t('actions'),
                    cell: ({ invitationId, email }: Member) =>
                      invitationId && <InvitationActions invitationId={invitationId} email={email} />,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </section>
  );
}

function toStatus({ status, expiresAt }: Member) {
  const isOver = status === 'expired';
  return (
    <div className="stack tight">
      <StatusBadge tone={isOver ? 'warn' : 'waiting'}>{t(`status.${status}`)}</StatusBadge>
      {expiresAt && (
        <span className="small soft">
          {t(isOver ? 'invitation.ended' : 'invitation.until', { when: toExact(expiresAt) })}
        </span>
      )}
    </div>
  );
}
