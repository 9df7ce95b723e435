import { SecretField, SelectField, TextField } from '../../forms/fields.js';
import type { Form } from '../../forms/use-form.js';
import { t } from '../../texts/connection.js';
import { CertificateFields } from './certificate-fields.js';
import { CREDENTIAL_KINDS, type CredentialForm } from './credential-values.js';

/** The fields of one credential, of whichever kind; shared by creating a connection and replacing its credential. */
export function CredentialFields<V extends CredentialForm>({ form }: { form: Form<V> }) {
  const options = CREDENTIAL_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }));
  return (
    <>
      <SelectField label={t('kind')} options={options} field={form.field('kind')} />
      {form.values.kind === 'client_secret' && (
        <>
          <SecretField
            label={t('clientSecret')}
            hint={t('clientSecretHint')}
            field={form.field('clientSecret')}
          />
          <TextField
            label={t('expiresAt')}
            hint={t('expiresAtHint')}
            type="date"
            isOptional
            field={form.field('expiresAt')}
          />
        </>
      )}
      {form.values.kind === 'certificate' && <CertificateFields form={form} />}
      {form.values.kind === 'federated' && (
        <>
          <TextField label={t('issuer')} type="url" field={form.field('issuer')} />
          <TextField label={t('subject')} field={form.field('subject')} />
          <TextField label={t('audience')} field={form.field('audience')} />
        </>
      )}
    </>
  );
}
