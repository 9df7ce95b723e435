import type { Member } from '@gangway/contract/members';
import { t } from '../texts/members.js';
import { Day } from '../time/when.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { StatusBadge } from '../ui/status-badge.js';
import { MemberActions } from './member-actions.js';

export function MemberTable({ members }: { members: readonly Member[] }) {
  const { can } = useWorkspace();
  const canManage = can('member:manage');
  return (
    <div className="card table-wrap" tabIndex={0} role="group" aria-label={t('caption')}>
      <table>
        <caption className="visually-hidden">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('email')}</th>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('status')}</th>
            <th scope="col">{t('since')}</th>
            <th scope="col">{canManage ? t('actions') : t('role')}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.userId ?? member.invitationId}>
              <th scope="row">{member.email}</th>
              <td>{member.name}</td>
              <td>
                <StatusBadge tone={member.status === 'active' ? 'ok' : 'waiting'}>
                  {t(`status.${member.status}`)}
                </StatusBadge>
              </td>
              <td>
                <Day at={member.since} />
              </td>
              <td>
                {canManage && member.userId ? (
                  <MemberActions member={member} userId={member.userId} />
                ) : (
                  member.role
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
