import type { Cloud } from '@gangway/contract/clouds';
import type { Connection } from '@gangway/contract/connections';
import { ErrorSummary } from '../forms/error-summary.js';
import { validateInput } from '../forms/validate-input.js';
import { useForm } from '../forms/use-form.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { CONNECTION_LABELS } from '../wizard/connection/connection-labels.js';
import { EMPTY_CREDENTIAL } from '../wizard/connection/credential-values.js';
import { NewConnectionFields, toNewConnection } from '../wizard/connection/new-connection-fields.js';
import { unusedName } from '../wizard/connection/unused-name.js';
import { useRefreshConnections } from './use-refresh-connections.js';

interface Props {
  readonly managedTenantId: string;
  readonly name: string;
  readonly cloud: Cloud;
  /** The connections that the tenant has already. */
  readonly others: readonly Connection[];
  readonly onClose: () => void;
}

/** A further connection of a tenant, outside the wizard. */
export function AddConnectionDialog({ managedTenantId, name, cloud, others, onClose }: Props) {
  const { id: workspaceId } = useWorkspace();
  const refresh = useRefreshConnections();
  const create = trpc.connections.create.useMutation();
  const form = useForm({
    initial: { ...EMPTY_CREDENTIAL, displayName: unusedName(name, others), cloud, clientId: '' },
    validate: async (values) =>
      validateInput((await import('@gangway/contract/connections')).newConnection, toNewConnection(values)),
    onSubmit: async (values) => {
      await create.mutateAsync({ workspaceId, managedTenantId, ...toNewConnection(values) });
      await refresh();
      announce(t('added'));
      onClose();
    },
  });
  return (
    <Dialog title={t('add')} isOpen onClose={onClose}>
      <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
        <ErrorSummary {...form} labels={CONNECTION_LABELS} />
        <Failure error={form.failure} />
        <NewConnectionFields form={form} found={cloud} />
        <div className="row">
          <Button look="primary" type="submit" busy={form.isBusy}>
            {t('addSubmit')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
