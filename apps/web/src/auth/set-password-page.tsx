import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { errorDataOf } from '../errors.js';
import { ErrorSummary } from '../forms/error-summary.js';
import { validateInput } from '../forms/validate-input.js';
import { useForm } from '../forms/use-form.js';
import { paths } from '../paths.js';
import { Failure } from '../states/failure.js';
import { GoneNotice } from '../states/gone-notice.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/auth.js';
import { trpc, trpcClient } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PageHeading } from '../ui/page-heading.js';
import { NewPasswordField } from './new-password-field.js';

/** Where the link of an invitation or a reset leads. Nothing is consumed before the form is sent. */
export function SetPasswordPage() {
  const { token } = useSearch({ from: '/public/set-password' });
  // Asked by POST, so that no token stands in an address; it is looked at once, before anything is typed.
  const link = useQuery({
    queryKey: ['password-link', token],
    queryFn: () => trpcClient.auth.lookAtLink.mutate({ token }),
    enabled: token !== '',
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const setPassword = trpc.auth.setPassword.useMutation();
  const [email, setEmail] = useState<string | null>(null);
  const form = useForm({
    initial: { newPassword: '' },
    validate: async (values) =>
      validateInput((await import('@gangway/contract/auth')).setPassword.in, { token, ...values }),
    onSubmit: async (values) => setEmail((await setPassword.mutateAsync({ token, ...values })).email),
  });
  const refusal = errorDataOf(form.failure ?? link.error);
  const askAgain = <AppLink href={paths.requestReset()}>{t('set.again')}</AppLink>;
  return (
    <div className="page narrow">
      <PageHeading>{t('set.title')}</PageHeading>
      {email !== null ? (
        <div className="stack">
          <Notice tone="ok" isAlert title={t('set.done')}>
            {t('set.doneBody', { email })}
          </Notice>
          <AppLink href={paths.signIn()} look="primary">
            {t('signIn.submit')}
          </AppLink>
        </div>
      ) : token === '' ? (
        <Notice tone="warn" title={t('set.missing')} actions={askAgain}>
          {t('set.missingBody')}
        </Notice>
      ) : refusal?.expiredAt ? (
        <GoneNotice expiredAt={refusal.expiredAt} action={askAgain} />
      ) : refusal?.reasonCode === 'auth.token_invalid' ? (
        <Notice tone="warn" isAlert title={t('set.over')} actions={askAgain}>
          {t('set.overBody')}
        </Notice>
      ) : (
        <Loaded query={link}>
          {({ email: whose }) => (
            <form className="form card" noValidate onSubmit={(event) => void form.submit(event)}>
              <p className="soft">{t('set.for', { email: whose })}</p>
              <ErrorSummary {...form} labels={{ newPassword: t('newPassword') }} />
              <Failure error={form.failure} />
              <NewPasswordField field={form.field('newPassword')} />
              <Button look="primary" type="submit" busy={form.isBusy}>
                {t('set.submit')}
              </Button>
            </form>
          )}
        </Loaded>
      )}
    </div>
  );
}
