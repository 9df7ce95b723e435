import { SecretField } from '../forms/fields.js';
import type { FieldProps } from '../forms/use-form.js';
import { t } from '../texts/auth.js';

/** Where somebody chooses a password: said what makes a good one, and known to password managers as new. */
export function NewPasswordField({ field }: { field: FieldProps }) {
  return (
    <SecretField
      label={t('newPassword')}
      hint={t('newPasswordHint')}
      autoComplete="new-password"
      field={field}
    />
  );
}
