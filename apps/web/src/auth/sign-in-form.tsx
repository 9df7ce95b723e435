import { ErrorSummary } from '../forms/error-summary.js';
import { SecretField, TextField } from '../forms/fields.js';
import { validateInput } from '../forms/validate-input.js';
import { useForm } from '../forms/use-form.js';
import { errorDataOf } from '../errors.js';
import { Failure } from '../states/failure.js';
import { t } from '../texts/auth.js';
import { trpc } from '../trpc.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useTypedEmail } from './typed-email.js';

interface Props {
  readonly onSignedIn: (mustChangePassword: boolean) => void | Promise<void>;
  /** Who is expected; they can still be somebody else. */
  readonly email?: string;
}

export function SignInForm({ onSignedIn, email = '' }: Props) {
  const signIn = trpc.auth.signIn.useMutation();
  const form = useForm({
    initial: { email, password: '' },
    validate: async (values) => validateInput((await import('@gangway/contract/auth')).signIn.in, values),
    onSubmit: async (values) => {
      try {
        await onSignedIn((await signIn.mutateAsync(values)).mustChangePassword);
      } finally {
        form.set({ password: '' });
      }
    },
  });
  useTypedEmail(form.values.email);
  const isRefused = errorDataOf(form.failure)?.reasonCode === 'auth.invalid_credentials';
  return (
    <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
      <ErrorSummary {...form} labels={{ email: t('email'), password: t('password') }} />
      {isRefused ? (
        <Notice tone="bad" isAlert title={t('signIn.wrong')}>
          {t('signIn.wrongBody')}
        </Notice>
      ) : (
        <Failure error={form.failure} />
      )}
      <TextField label={t('email')} type="email" autoComplete="username" field={form.field('email')} />
      <SecretField label={t('password')} autoComplete="current-password" field={form.field('password')} />
      <Button look="primary" type="submit" busy={form.isBusy}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
