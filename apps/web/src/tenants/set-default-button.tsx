import type { Connection } from '@gangway/contract/connections';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { useRefreshConnections } from './use-refresh-connections.js';

export function SetDefaultButton({ connection }: { connection: Connection }) {
  const { id: workspaceId } = useWorkspace();
  const refresh = useRefreshConnections();
  const { displayName: name } = connection;
  const setDefault = trpc.connections.setDefault.useMutation({
    onSuccess: async () => {
      await refresh();
      announce(t('madeDefault', { name }));
    },
  });
  return (
    <>
      <Button
        small
        busy={setDefault.isPending}
        aria-label={t('makeDefaultNamed', { name })}
        onClick={() => setDefault.mutate({ workspaceId, providerConnectionId: connection.id })}
      >
        {t('makeDefault')}
      </Button>
      <Failure error={setDefault.error} />
    </>
  );
}
