import { errorDataOf } from '../errors.js';
import { ErrorSummary } from '../forms/error-summary.js';
import { TextField } from '../forms/fields.js';
import { validateInput } from '../forms/validate-input.js';
import { useForm } from '../forms/use-form.js';
import { Failure } from '../states/failure.js';
import { t as auth } from '../texts/auth.js';
import { t } from '../texts/invitation.js';
import { trpc } from '../trpc.js';
import { Button } from '../ui/button.js';
import { NewPasswordField } from '../auth/new-password-field.js';

interface Props {
  readonly token: string;
  readonly email: string;
  readonly label: string;
  readonly onJoined: (slug: string) => void;
  /** Somebody made an account for the address meanwhile. */
  readonly onHasAccount: () => void;
}

/** Makes an account for an invited person and lets them in, in one step. */
export function JoinForm({ token, email, label, onJoined, onHasAccount }: Props) {
  const join = trpc.invitations.join.useMutation();
  const toInput = (values: { firstName: string; lastName: string; newPassword: string }) => ({
    token,
    newPassword: values.newPassword,
    ...(values.firstName.trim() !== '' && { firstName: values.firstName }),
    ...(values.lastName.trim() !== '' && { lastName: values.lastName }),
  });
  const form = useForm({
    initial: { email, firstName: '', lastName: '', newPassword: '' },
    validate: async (values) =>
      validateInput((await import('@gangway/contract/members')).join.in, toInput(values)),
    onSubmit: async (values) => {
      try {
        onJoined((await join.mutateAsync(toInput(values))).slug);
      } catch (error) {
        if (errorDataOf(error)?.reasonCode !== 'member.has_account') throw error;
        onHasAccount();
      }
    },
  });
  return (
    <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
      <ErrorSummary
        {...form}
        labels={{
          firstName: t('firstName'),
          lastName: t('lastName'),
          newPassword: auth('newPassword'),
        }}
      />
      <Failure error={form.failure} />
      {/* To be read, and for password managers: whose password it is. */}
      <TextField
        label={auth('email')}
        type="email"
        autoComplete="username"
        isReadOnly
        field={form.field('email')}
      />
      <TextField
        label={t('firstName')}
        isOptional
        autoComplete="given-name"
        field={form.field('firstName')}
      />
      <TextField label={t('lastName')} isOptional autoComplete="family-name" field={form.field('lastName')} />
      <NewPasswordField field={form.field('newPassword')} />
      <Button look="primary" type="submit" busy={form.isBusy}>
        {label}
      </Button>
    </form>
  );
}
