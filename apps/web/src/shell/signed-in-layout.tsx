import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { errorDataOf, statusOf } from '../errors.js';
import { paths } from '../paths.js';
import { FailurePage } from '../states/failure-page.js';
import { Loading } from '../states/loading.js';
import { trpc } from '../trpc.js';
import { useGo } from '../ui/use-go.js';
import { Header } from './header.js';
import { MainContent } from './main-content.js';

/** Lets nobody in without a session, and nobody further than the password change where one is due. */
export function SignedInLayout() {
  const me = trpc.auth.me.useQuery(undefined, {
    staleTime: 60_000,
    retry: (count, error) => count < 2 && statusOf(error) === 0,
  });
  const { href, pathname } = useLocation();
  const go = useGo();
  const isAnonymous = !me.data && statusOf(me.error) === 401;
  const mustChange =
    me.data?.mustChangePassword ?? errorDataOf(me.error)?.reasonCode === 'auth.password_change_required';
  // The address changes before this layout is gone; it must not send anybody away twice.
  const isLeaving = pathname === paths.signIn();
  const isChanging = pathname === paths.changePassword();
  useEffect(() => {
    if (isLeaving) return;
    if (isAnonymous) go(paths.signIn(href), { replace: true });
    else if (mustChange && !isChanging) go(paths.changePassword(href), { replace: true });
  }, [isLeaving, isAnonymous, mustChange, isChanging, href, go]);
  if (me.data && (!mustChange || isChanging)) return <Outlet />;
  if (me.error && !isAnonymous && !mustChange) {
    return (
      <>
        <Header />
        <MainContent>
          <FailurePage error={me.error} onRetry={() => void me.refetch()} />
        </MainContent>
      </>
    );
  }
  return (
    <MainContent>
      <div className="page">
        <Loading />
      </div>
    </MainContent>
  );
}
