import { rolesWith, type Capability } from '@gangway/contract/capabilities';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/states.js';
import { trpc } from '../trpc.js';
import { Notice } from '../ui/notice.js';

/** Says before a click what the server would answer after it: the missing capability, and who has it. */
export function CapabilityNotice({ capability }: { capability: Capability }) {
  const { id: workspaceId, suspended } = useWorkspace();
  const roles = rolesWith(capability);
  const members = trpc.members.list.useQuery({ workspaceId, limit: 100 }, { enabled: !suspended });
  if (suspended) {
    return (
      <Notice tone="warn" title={t('suspended.title')}>
        {t('suspended.body')}
      </Notice>
    );
  }
  const holders = (members.data?.items ?? []).filter(
    ({ role, status }) => status === 'active' && roles.includes(role),
  );
  return (
    <Notice tone="warn" title={t('forbidden.title')}>
      <p>{t('forbidden.missing', { capability })}</p>
      <p>{t('forbidden.roles', { roles: roles.join(', ') })}</p>
      {holders.length > 0 && (
        <>
          <p>{t('forbidden.holders')}</p>
          <ul>
            {holders.slice(0, 5).map(({ email }) => (
              <li key={email}>
                <a href={`mailto:${email}`}>{email}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
