import { Outlet } from '@tanstack/react-router';
import { SignInDialog } from '../auth/sign-in-dialog.js';
import { t } from '../texts/common.js';
import { Announcer } from '../ui/announcer.js';

export function Root() {
  return (
    <>
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('skip')}
      </a>
      <Outlet />
      <Announcer />
      <SignInDialog />
    </>
  );
}
