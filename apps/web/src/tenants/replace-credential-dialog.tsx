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
import { CredentialFields } from '../wizard/connection/credential-fields.js';
import { EMPTY_CREDENTIAL, toCredential } from '../wizard/connection/credential-values.js';
import { useRefreshConnections } from './use-refresh-connections.js';

/** Puts a new credential in place of the stored one, which nobody can read back. */
export function ReplaceCredentialDialog({
  connection,
  onClose,
}: {
  connection: Connection;
  onClose: () => void;
}) {
  const { id: workspaceId } = useWorkspace();
  const refresh = useRefreshConnections();
  const rotate = trpc.connections.rotateCredential.useMutation();
  const form = useForm({
    initial: EMPTY_CREDENTIAL,
    validate: async (values) =>
      validateInput((await import('@gangway/contract/connections')).credential, toCredential(values)),
    onSubmit: async (values) => {
      await rotate.mutateAsync({
        workspaceId,
        providerConnectionId: connection.id,
        credential: toCredential(values),
      });
      await refresh();
      announce(t('replaced'));
      onClose();
    },
  });
  return (
    <Dialog title={t('replaceTitle', { name: connection.displayName })} isOpen onClose={onClose}>
      <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
        <ErrorSummary {...form} labels={CONNECTION_LABELS} />
        <Failure error={form.failure} />
        <CredentialFields form={form} />
        <div className="row">
          <Button look="primary" type="submit" busy={form.isBusy}>
            {t('replace')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
