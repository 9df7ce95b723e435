import { CLOUD_NAMES, CLOUDS, type Cloud } from '@gangway/contract/clouds';
import { SelectField, TextField } from '../../forms/fields.js';
import type { Form } from '../../forms/use-form.js';
import { t } from '../../texts/connection.js';
import { CredentialFields } from './credential-fields.js';
import { toCredential, type CredentialForm } from './credential-values.js';

export interface NewConnectionForm extends CredentialForm {
  displayName: string;
  cloud: string;
  clientId: string;
}

/** The contract's new connection out of the fields. */
export function toNewConnection(values: NewConnectionForm) {
  const { displayName, clientId } = values;
  const cloud = CLOUDS.find((known) => known === values.cloud) ?? 'global';
  return { displayName, cloud, clientId: clientId.trim(), credential: toCredential(values) };
}

interface Props<V extends NewConnectionForm> {
  readonly form: Form<V>;
  /** Where discovery found the tenant; the emulator is offered only where it serves. */
  readonly found: Cloud;
}

export function NewConnectionFields<V extends NewConnectionForm>({ form, found }: Props<V>) {
  const options = CLOUDS.filter((cloud) => cloud !== 'sandbox' || found === 'sandbox').map((cloud) => ({
    value: cloud,
    label: CLOUD_NAMES[cloud],
  }));
  const differs = form.values.cloud !== found ? t('cloudDiffers', { cloud: CLOUD_NAMES[found] }) : undefined;
  return (
    <>
      <TextField label={t('displayName')} field={form.field('displayName')} />
      <SelectField label={t('cloud')} hint={differs} options={options} field={form.field('cloud')} />
      <TextField label={t('clientId')} hint={t('clientIdHint')} isMono field={form.field('clientId')} />
      <CredentialFields form={form} />
    </>
  );
}
