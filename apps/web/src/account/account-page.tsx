import { useState } from 'react';
import { ChangePasswordForm } from '../auth/change-password-form.js';
import { paths } from '../paths.js';
import { t } from '../texts/account.js';
import { queryClient, trpc } from '../trpc.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PageHeading } from '../ui/page-heading.js';
import { BrowserSessions } from './browser-sessions.js';

export function AccountPage() {
  const me = trpc.auth.me.useQuery(undefined, { staleTime: 60_000 });
  const utils = trpc.useUtils();
  const [hasChanged, setChanged] = useState(false);
  const signOut = trpc.auth.signOut.useMutation({
    onSuccess: () => {
      queryClient.clear();
      // A fresh document: nothing of this person stays in memory.
      location.assign(paths.signIn());
    },
  });
  return (
    <div className="page">
      <PageHeading
        aside={
          <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('signOut')}
          </Button>
        }
      >
        {t('title')}
      </PageHeading>
      <div className="stack loose measure">
        {me.data && <p>{t('signedInAs', { email: me.data.user.email })}</p>}
        <BrowserSessions />
        <section className="card stack" aria-labelledby="password">
          <h2 id="password">{t('password')}</h2>
          {hasChanged && (
            <Notice tone="ok" isAlert>
              {t('passwordChanged')}
            </Notice>
          )}
          <ChangePasswordForm
            onChanged={() => {
              setChanged(true);
              void utils.auth.sessions.invalidate();
            }}
          />
        </section>
      </div>
    </div>
  );
}
