import type { Invitation } from '@gangway/contract/members';
import { useState } from 'react';
import { SignInForm } from '../auth/sign-in-form.js';
import { errorDataOf } from '../errors.js';
import { paths } from '../paths.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { t } from '../texts/invitation.js';
import { queryClient, trpc, trpcClient } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useGo } from '../ui/use-go.js';
import { InvitationOver } from './invitation-over.js';
import { JoinForm } from './join-form.js';

interface Props {
  readonly token: string;
  readonly invitation: Pick<Invitation, 'email' | 'role' | 'workspaceName' | 'hasAccount'>;
}

/** One way into the workspace for each: a new password, the password of an account, or one button for who is signed in. */
export function WayIn({ token, invitation }: Props) {
  const { email, role, workspaceName } = invitation;
  const go = useGo();
  const utils = trpc.useUtils();
  const [hasAccount, setHasAccount] = useState(invitation.hasAccount);
  const me = trpc.auth.me.useQuery(undefined, { retry: false, staleTime: 60_000 });
  const accept = trpc.invitations.accept.useMutation({
    onSuccess: async ({ workspaceId }) => {
      const { slug } = await trpcClient.workspaces.get.query({ workspaceId });
      enter(slug);
    },
  });
  const signOut = trpc.auth.signOut.useMutation({
    onSuccess: () => utils.auth.me.reset(),
  });

  function enter(slug: string) {
    announce(t('accepted', { workspace: workspaceName }));
    // Whatever an earlier person saw in this tab is theirs, and the list of workspaces is longer now.
    queryClient.clear();
    go(paths.home(slug), { replace: true });
  }

  async function goOn(mustChangePassword: boolean) {
    if (mustChangePassword) {
      queryClient.clear();
      go(paths.changePassword(paths.invitation(token)));
      return;
    }
    // Whoever signed in as somebody else is told so, and keeps the invitation.
    const { user } = await utils.auth.me.fetch(undefined, { staleTime: 0 });
    if (user.email === email) accept.mutate({ token });
  }

  if (errorDataOf(accept.error)?.reasonCode.startsWith('auth.token_'))
    return <InvitationOver error={accept.error} />;
  if (me.isPending) return <Loading lines={3} />;
  const current = me.data?.user.email;
  if (current === email) {
    return (
      <div className="stack">
        <p className="soft">{t('as', { email })}</p>
        <Failure error={accept.error} />
        <div>
          <Button
            look="primary"
            busy={accept.isPending}
            onClick={() => void goOn(me.data?.mustChangePassword ?? false)}
          >
            {t('accept', { role })}
          </Button>
        </div>
      </div>
    );
  }
  if (current !== undefined) {
    return (
      <Notice
        tone="warn"
        title={t('other')}
        actions={
          <Button small busy={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('switch')}
          </Button>
        }
      >
        {t('otherBody', { invited: email, current })}
      </Notice>
    );
  }
  return (
    <div className="card stack">
      {hasAccount ? (
        <>
          <p>{t('signIn', { email })}</p>
          <Failure error={accept.error} />
          <SignInForm email={email} onSignedIn={goOn} />
        </>
      ) : (
        <>
          <p>{t('newAccount')}</p>
          <JoinForm
            token={token}
            email={email}
            label={t('accept', { role })}
            onJoined={enter}
            onHasAccount={() => setHasAccount(true)}
          />
        </>
      )}
    </div>
  );
}
