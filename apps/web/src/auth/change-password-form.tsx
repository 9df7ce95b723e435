import { ErrorSummary } from '../forms/error-summary.js';
import { SecretField } from '../forms/fields.js';
import { validateInput } from '../forms/validate-input.js';
import { useForm } from '../forms/use-form.js';
import { Failure } from '../states/failure.js';
import { t } from '../texts/auth.js';
import { trpc } from '../trpc.js';
import { Button } from '../ui/button.js';
import { NewPasswordField } from './new-password-field.js';

interface Props {
  readonly onChanged: () => void | Promise<void>;
  /** The current password is the temporary one of a mail. */
  readonly isDue?: boolean;
}

export function ChangePasswordForm({ onChanged, isDue = false }: Props) {
  const currentLabel = isDue ? t('temporaryPassword') : t('currentPassword');
  const change = trpc.auth.changePassword.useMutation();
  const form = useForm({
    initial: { currentPassword: '', newPassword: '' },
    validate: async (values) =>
      validateInput((await import('@gangway/contract/auth')).changePassword.in, values),
    onSubmit: async (values) => {
      await change.mutateAsync(values);
      form.set({ currentPassword: '', newPassword: '' });
      await onChanged();
    },
  });
  return (
    <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
      <ErrorSummary {...form} labels={{ currentPassword: currentLabel, newPassword: t('newPassword') }} />
      <Failure error={form.failure} />
      <SecretField
        label={currentLabel}
        hint={isDue ? t('temporaryPasswordHint') : undefined}
        autoComplete="current-password"
        field={form.field('currentPassword')}
      />
      <NewPasswordField field={form.field('newPassword')} />
      <Button look="primary" type="submit" busy={form.isBusy}>
        {t('change.submit')}
      </Button>
    </form>
  );
}
