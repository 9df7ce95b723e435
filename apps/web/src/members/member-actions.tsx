import type { Member } from '@gangway/contract/members';
import { useState } from 'react';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/members.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { focusHeading } from '../ui/focus-heading.js';
import { useGo } from '../ui/use-go.js';
import { RoleForm } from './role-form.js';

/** The role and the removal of one member. Rights are read at the next use, so both take effect immediately. */
export function MemberActions({ member, userId }: { member: Member; userId: string }) {
  const isSelf = trpc.auth.me.useQuery(undefined, { staleTime: 60_000 }).data?.user.id === userId;
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const go = useGo();
  const [isRemoving, setRemoving] = useState(false);
  const { email } = member;
  const remove = trpc.members.remove.useMutation({
    onSuccess: async () => {
      announce(t('removed', { email }));
      setRemoving(false);
      if (isSelf) {
        go(paths.workspaces());
        return utils.workspaces.invalidate();
      }
      await utils.members.list.invalidate();
      focusHeading();
    },
  });
  return (
    <div className="stack tight">
      <div className="row">
        <RoleForm member={member} userId={userId} isSelf={isSelf} />
        <Button
          small
          look="danger"
          aria-label={isSelf ? t('leaveNamed') : t('removeNamed', { email })}
          onClick={() => setRemoving(true)}
        >
          {t(isSelf ? 'leave' : 'remove')}
        </Button>
      </div>
      <Dialog
        title={isSelf ? t('leaveTitle') : t('removeTitle', { email })}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
      >
        <p>{t(isSelf ? 'leaveBody' : 'removeBody')}</p>
        <Failure error={remove.error} />
        <div className="row">
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ workspaceId, userId })}
          >
            {t(isSelf ? 'leave' : 'remove')}
          </Button>
          <Button onClick={() => setRemoving(false)}>{common('cancel')}</Button>
        </div>
      </Dialog>
    </div>
  );
}
