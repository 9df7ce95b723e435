import { useState } from 'react';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/members.js';
import { toExact } from '../time/when.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { focusHeading } from '../ui/focus-heading.js';

/** Sends an invitation again with a new link, or withdraws it. */
export function InvitationActions({ invitationId, email }: { invitationId: string; email: string }) {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const [isRevoking, setRevoking] = useState(false);
  const resend = trpc.invitations.resend.useMutation({
    onSuccess: async ({ expiresAt }) => {
      announce(t('resent', { email, when: toExact(expiresAt) }));
      await utils.members.list.invalidate();
    },
  });
  const revoke = trpc.invitations.revoke.useMutation({
    onSuccess: async () => {
      announce(t('revoked', { email }));
      setRevoking(false);
      await utils.members.list.invalidate();
      focusHeading();
    },
  });
  return (
    <div className="stack tight">
      <div className="row">
        <Button
          small
          busy={resend.isPending}
          aria-label={t('resendNamed', { email })}
          onClick={() => resend.mutate({ workspaceId, invitationId })}
        >
          {resend.isSuccess ? t('resentShort') : t('resend')}
        </Button>
        <Button
          small
          look="danger"
          aria-label={t('revokeNamed', { email })}
          onClick={() => setRevoking(true)}
        >
          {t('revoke')}
        </Button>
      </div>
      <Failure error={resend.error} />
      <Dialog title={t('revokeTitle', { email })} isOpen={isRevoking} onClose={() => setRevoking(false)}>
        <p>{t('revokeBody')}</p>
        <Failure error={revoke.error} />
        <div className="row">
          <Button
            look="danger"
            busy={revoke.isPending}
            onClick={() => revoke.mutate({ workspaceId, invitationId })}
          >
            {t('revoke')}
          </Button>
          <Button onClick={() => setRevoking(false)}>{common('cancel')}</Button>
        </div>
      </Dialog>
    </div>
  );
}
