import { useSearch } from '@tanstack/react-router';
import { MailboxLink } from '../mailbox/mailbox-link.js';
import { paths, toLocalPath } from '../paths.js';
import { t } from '../texts/auth.js';
import { queryClient } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { PageHeading } from '../ui/page-heading.js';
import { useGo } from '../ui/use-go.js';
import { findLanding } from './find-landing.js';
import { SignInForm } from './sign-in-form.js';
import { typedEmail } from './typed-email.js';

export function SignInPage() {
  const search = useSearch({ from: '/public/sign-in' });
  const go = useGo();
  async function enter(mustChangePassword: boolean) {
    // Whatever an earlier person saw in this tab is theirs.
    queryClient.clear();
    const target = toLocalPath(search.return);
    go(mustChangePassword ? paths.changePassword(target) : await findLanding(target), { replace: true });
  }
  return (
    <div className="page narrow">
      <PageHeading>{t('signIn.title')}</PageHeading>
      <div className="stack">
        <p className="soft">{t('signIn.lead')}</p>
        <div className="card">
          <SignInForm email={typedEmail()} onSignedIn={enter} />
        </div>
        <div className="row apart">
          <AppLink href={paths.requestReset()}>{t('signIn.forgot')}</AppLink>
          <MailboxLink />
        </div>
      </div>
    </div>
  );
}
