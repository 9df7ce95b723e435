import { useSyncExternalStore } from 'react';
import { t } from '../texts/auth.js';
import { queryClient } from '../trpc.js';
import { Dialog } from '../ui/dialog.js';
import { closeSignInDialog, isSignInDialogOpen, subscribeSignInDialog } from './sign-in-dialog-store.js';
import { SignInForm } from './sign-in-form.js';

/** The session ended while a page was open: sign in over it, and find everything as it was. */
export function SignInDialog() {
  const isOpen = useSyncExternalStore(subscribeSignInDialog, isSignInDialogOpen);
  function goOn() {
    closeSignInDialog();
    void queryClient.invalidateQueries();
  }
  return (
    <Dialog title={t('signIn.again')} isOpen={isOpen}>
      <p>{t('signIn.againBody')}</p>
      <SignInForm onSignedIn={goOn} />
    </Dialog>
  );
}
