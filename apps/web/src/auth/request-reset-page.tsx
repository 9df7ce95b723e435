import { useState } from 'react';
import { ErrorSummary } from '../forms/error-summary.js';
import { TextField } from '../forms/fields.js';
import { validateInput } from '../forms/validate-input.js';
import { useForm } from '../forms/use-form.js';
import { MailboxLink } from '../mailbox/mailbox-link.js';
import { paths } from '../paths.js';
import { Failure } from '../states/failure.js';
import { t } from '../texts/auth.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PageHeading } from '../ui/page-heading.js';
import { typedEmail, useTypedEmail } from './typed-email.js';

export function RequestResetPage() {
  const request = trpc.auth.requestPasswordReset.useMutation();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    initial: { email: typedEmail() },
    validate: async (values) =>
      validateInput((await import('@gangway/contract/auth')).requestPasswordReset.in, values),
    onSubmit: async (values) => {
      await request.mutateAsync(values);
      setSentTo(values.email);
    },
  });
  useTypedEmail(form.values.email);
  return (
    <div className="page narrow">
      <PageHeading>{t('reset.title')}</PageHeading>
      <div className="stack">
        {sentTo === null ? (
          <form className="form card" noValidate onSubmit={(event) => void form.submit(event)}>
            <p className="soft">{t('reset.lead')}</p>
            <ErrorSummary {...form} labels={{ email: t('email') }} />
            <Failure error={form.failure} />
            <TextField label={t('email')} type="email" autoComplete="username" field={form.field('email')} />
            <Button look="primary" type="submit" busy={form.isBusy}>
              {t('reset.submit')}
            </Button>
          </form>
        ) : (
          <Notice tone="ok" isAlert title={t('reset.done')} actions={<MailboxLink />}>
            {t('reset.doneBody', { email: sentTo })}
          </Notice>
        )}
        <p>
          <AppLink href={paths.signIn()}>{t('reset.back')}</AppLink>
        </p>
      </div>
    </div>
  );
}
