import { FileField, SecretField, TextAreaField } from '../../forms/fields.js';
import type { Form } from '../../forms/use-form.js';
import { t } from '../../texts/connection.js';
import { Button } from '../../ui/button.js';
import type { CredentialForm } from './credential-values.js';
import { readCredentialFile } from './read-credential-file.js';

/** A certificate with its key: as a file of any kind that people have, or as text. */
export function CertificateFields<V extends CredentialForm>({ form }: { form: Form<V> }) {
  const { pfx, pfxName } = form.values;
  const set = (changes: Partial<CredentialForm>) => form.set(changes as Partial<V>);
  return (
    <>
      <FileField
        label={t('pfx')}
        hint={t('pfxHint')}
        accept=".pfx,.p12,.pem,.cer,.crt"
        isOptional
        field={form.field('pfx')}
        onFile={(file) => void readCredentialFile(file).then(set)}
      />
      {pfx === '' ? (
        <TextAreaField
          label={t('certificatePem')}
          hint={t('certificateHint')}
          field={form.field('certificatePem')}
        />
      ) : (
        <p className="row">
          {t('pfxChosen', { name: pfxName })}
          <Button onClick={() => set({ pfx: '', pfxName: '' })}>{t('pfxRemove')}</Button>
        </p>
      )}
      <TextAreaField
        label={t('privateKeyPem')}
        hint={t('privateKeyHint')}
        isOptional
        field={form.field('privateKeyPem')}
      />
      <SecretField
        label={t('passphrase')}
        hint={t('passphraseHint')}
        isOptional
        field={form.field('passphrase')}
      />
    </>
  );
}
