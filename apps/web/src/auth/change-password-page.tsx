import { useSearch } from '@tanstack/react-router';
import { toLocalPath } from '../paths.js';
import { t } from '../texts/auth.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { PageHeading } from '../ui/page-heading.js';
import { useGo } from '../ui/use-go.js';
import { ChangePasswordForm } from './change-password-form.js';
import { findLanding } from './find-landing.js';

/** Where a one-time password leads before anything else. */
export function ChangePasswordPage() {
  const search = useSearch({ from: '/signed-in/account/change-password' });
  const go = useGo();
  const utils = trpc.useUtils();
  async function goOn() {
    announce(t('change.done'));
    await utils.auth.me.invalidate();
    go(await findLanding(toLocalPath(search.return)), { replace: true });
  }
  return (
    <div className="page narrow">
      <PageHeading>{t('change.title')}</PageHeading>
      <div className="stack">
        <p className="soft">{t('change.due')}</p>
        <div className="card">
          <ChangePasswordForm isDue onChanged={goOn} />
        </div>
      </div>
    </div>
  );
}
