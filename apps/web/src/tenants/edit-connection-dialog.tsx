import { CLOUD_NAMES, CLOUDS } from '@gangway/contract/clouds';
import type { Connection } from '@gangway/contract/connections';
import { useState } from 'react';
import { ErrorSummary } from '../forms/error-summary.js';
import { SelectField, TextField } from '../forms/fields.js';
import { validateInput } from '../forms/validate-input.js';
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
import { Notice } from '../ui/notice.js';
import { useRefreshConnections } from './use-refresh-connections.js';

type Fields = Record<'displayName' | 'cloud' | 'clientId', string>;

const FIELDS = ['displayName', 'cloud', 'clientId'] as const;
const toFields = ({ displayName, cloud, clientId }: Connection): Fields => ({ displayName, cloud, clientId });

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
  const { id: providerConnectionId, displayName } = connection;
  const utils = trpc.useUtils();
  // What this person started from: their own changes are what differs from it.
  const [seen, setSeen] = useState(connection);
  const [hasMerged, setMerged] = useState(false);
  const toInput = (values: Fields, version: number) => ({
    workspaceId,
    providerConnectionId,
    version,
    displayName: values.displayName,
    cloud: CLOUDS.find((known) => known === values.cloud) ?? seen.cloud,
    clientId: values.clientId.trim(),
  });
  async function save(values: Fields, version: number) {
    await update.mutateAsync(toInput(values, version));
    await refresh();
    announce(t('edited'));
    onClose();
  }
  const form: Form<Fields> = useForm<Fields>({
    initial: toFields(connection),
    validate: async (values) =>
      validateInput((await import('@gangway/contract/connections')).update.in, toInput(values, seen.version)),
    onSubmit: (values) => save(values, seen.version),
  });
  /** Takes over what the other person changed, except where this person has typed something else. */
  async function reload() {
    const stored = await utils.connections.get.fetch({ workspaceId, providerConnectionId }, { staleTime: 0 });
    const [before, theirs] = [toFields(seen), toFields(stored)];
    const untouched = FIELDS.filter((name) => form.values[name] === before[name]);
    form.set(Object.fromEntries(untouched.map((name) => [name, theirs[name]])));
    form.clearFailure();
    setSeen(stored);
    setMerged(true);
    announce(t('merged'));
  }
  const hintOf = (name: keyof Fields, value: string) =>
    hasMerged && form.values[name] !== toFields(seen)[name] ? t('theirs', { value }) : undefined;
  const clouds = CLOUDS.filter((known) => known !== 'sandbox' || seen.cloud === 'sandbox');
  return (
    <Dialog title={t('editNamed', { name: displayName })} isOpen onClose={onClose}>
      <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
        <ErrorSummary
          {...form}
          labels={{ displayName: words('displayName'), cloud: words('cloud'), clientId: words('clientId') }}
        />
        <Failure
          error={form.failure}
          onReload={() => void form.attempt(reload)}
          onKeepMine={(theirs) => void form.submitWith((values) => save(values, theirs))}
        />
        {hasMerged && form.failure === null && <Notice tone="info">{t('merged')}</Notice>}
        <TextField
          label={words('displayName')}
          hint={hintOf('displayName', seen.displayName)}
          field={form.field('displayName')}
        />
        <SelectField
          label={words('cloud')}
          hint={hintOf('cloud', CLOUD_NAMES[seen.cloud])}
          options={clouds.map((value) => ({ value, label: CLOUD_NAMES[value] }))}
          field={form.field('cloud')}
        />
        <TextField
          label={words('clientId')}
          hint={hintOf('clientId', seen.clientId)}
          isMono
          field={form.field('clientId')}
        />
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
