import { useSearch } from '@tanstack/react-router';
import { errorDataOf } from '../errors.js';
import { paths } from '../paths.js';
import { Failure } from '../states/failure.js';
import { GoneNotice } from '../states/gone-notice.js';
import { t } from '../texts/members.js';
import { trpc } from '../trpc.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PageHeading } from '../ui/page-heading.js';
import { useGo } from '../ui/use-go.js';

/** Where an invitation's link leads. Opening it consumes nothing; the button does. */
export function InvitationPage() {
  const { token } = useSearch({ from: '/signed-in/account/invitation' });
  const go = useGo();
  const utils = trpc.useUtils();
  const me = trpc.auth.me.useQuery(undefined, { staleTime: 60_000 });
  const accept = trpc.invitations.accept.useMutation({
    onSuccess: async ({ workspaceId }) => {
      await utils.workspaces.invalidate();
      const { slug } = await utils.workspaces.get.fetch({ workspaceId });
      go(paths.home(slug), { replace: true });
    },
  });
  const isOver = errorDataOf(accept.error)?.reasonCode.startsWith('auth.token_') ?? false;
  return (
    <div className="page narrow">
      <PageHeading>{t('invitation.title')}</PageHeading>
      {token === '' ? (
        <Notice tone="warn" title={t('invitation.missing')} />
      ) : (
        <div className="stack">
          <p>{t('invitation.lead')}</p>
          <p className="soft">{t('invitation.as', { email: me.data?.user.email ?? '' })}</p>
          {isOver ? <GoneNotice action={<p>{t('invitation.again')}</p>} /> : <Failure error={accept.error} />}
          <Button look="primary" busy={accept.isPending} onClick={() => accept.mutate({ token })}>
            {t('invitation.accept')}
          </Button>
        </div>
      )}
    </div>
  );
}
