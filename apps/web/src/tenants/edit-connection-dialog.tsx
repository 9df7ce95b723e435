import { CLOUD_NAMES, CLOUDS } from '@gangway/contract/clouds';
import type { Connection } from '@gangway/contract/connections';
import { useState } from 'react';
import { ErrorSummary } from '../forms/error-summary.js';
import { SelectField, TextField } from '../forms/fields.js';
import { judge } from '../forms/judge.js';
import { useForm, type Form } from '../forms/use-form.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as common } from '../texts/common.js';
import { t as words } from '../texts/connection.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useRefreshConnections } from './use-refresh-connections.js';

interface Fields extends Record<string, string> {
  displayName: string;
  cloud: string;
  clientId: string;
}

/** Changes what a connection is called and what it points at; its verification is stale afterwards. */
export function EditConnectionDialog({
  connection,
  onClose,
}: {
  connection: Connection;
  onClose: () => void;
}) {
  const { id: workspaceId } = useWorkspace();
  const refresh = useRefreshConnections();
  const update = trpc.connections.update.useMutation();
  const [version] = useState(connection.version);
  const { id: providerConnectionId, displayName, cloud, clientId } = connection;
  const toInput = (values: Fields, seen: number) => ({
    workspaceId,
    providerConnectionId,
    version: seen,
    displayName: values.displayName,
    cloud: CLOUDS.find((known) => known === values.cloud) ?? cloud,
    clientId: values.clientId.trim(),
  });
  async function save(values: Fields, seen: number) {
    await update.mutateAsync(toInput(values, seen));
    await refresh();
    announce(t('edited'));
    onClose();
  }
  const form: Form<Fields> = useForm<Fields>({
    initial: { displayName, cloud, clientId },
    validate: async (values) =>
      judge((await import('@gangway/contract/connections')).update.in, toInput(values, version)),
    onSubmit: (values) => save(values, version),
  });
  const clouds = CLOUDS.filter((known) => known !== 'sandbox' || cloud === 'sandbox');
  return (
    <Dialog title={t('editNamed', { name: displayName })} isOpen onClose={onClose}>
      <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
        <ErrorSummary
          {...form}
          labels={{ displayName: words('displayName'), cloud: words('cloud'), clientId: words('clientId') }}
        />
        <Failure
          error={form.failure}
          onReload={() => void refresh().then(onClose)}
          onKeepMine={(theirs) => void form.submitWith((values) => save(values, theirs))}
        />
        <TextField label={words('displayName')} field={form.field('displayName')} />
        <SelectField
          label={words('cloud')}
          options={clouds.map((value) => ({ value, label: CLOUD_NAMES[value] }))}
          field={form.field('cloud')}
        />
        <TextField label={words('clientId')} isMono field={form.field('clientId')} />
        <div className="row">
          <Button look="primary" type="submit" busy={form.isBusy}>
            {common('save')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
