import type { Connection } from '@gangway/contract/connections';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { focusHeading } from '../ui/focus-heading.js';
import { useRefreshConnections } from './use-refresh-connections.js';

export function RemoveConnectionDialog({
  connection,
  others,
  onClose,
}: {
  connection: Connection;
  /** The other connections of the tenant. */
  others: readonly Connection[];
  onClose: () => void;
}) {
  const { id: workspaceId } = useWorkspace();
  const refresh = useRefreshConnections();
  const remove = trpc.connections.remove.useMutation({
    onSuccess: async ({ newDefaultId }) => {
      await refresh();
      const next = others.find(({ id }) => id === newDefaultId);
      announce(next ? t('removedDefault', { name: next.displayName }) : t('removed'));
      onClose();
      focusHeading();
    },
  });
  return (
    <Dialog title={t('removeTitle', { name: connection.displayName })} isOpen onClose={onClose}>
      <p>{t('removeBody')}</p>
      {connection.isDefault && <p>{t(others.length > 0 ? 'removeDefault' : 'removeLast')}</p>}
      <Failure error={remove.error} />
      <div className="row">
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() => remove.mutate({ workspaceId, providerConnectionId: connection.id })}
        >
          {t('remove')}
        </Button>
        <Button onClick={onClose}>{common('cancel')}</Button>
      </div>
    </Dialog>
  );
}
