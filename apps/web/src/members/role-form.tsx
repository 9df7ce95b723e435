import { ROLES, type Role } from '@gangway/contract/capabilities';
import type { Member } from '@gangway/contract/members';
import { useRef, useState } from 'react';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t } from '../texts/members.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { OwnerDialog } from './owner-dialog.js';
import '../forms/fields.css';

interface Props {
  readonly member: Member;
  readonly userId: string;
  readonly isSelf: boolean;
}

/**
 * The role of one member. A select changes with every arrow key, so nothing is saved before the button is pressed, and to
 * or from owner not before that is confirmed.
 */
export function RoleForm({ member, userId, isSelf }: Props) {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const [chosen, setChosen] = useState<Role | null>(null);
  const [isAsking, setAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  const { email } = member;
  const role = chosen ?? member.role;
  const changeRole = trpc.members.changeRole.useMutation({
    onSuccess: async (saved) => {
      announce(t('changed', { email, role: saved.role }));
      await Promise.all([utils.members.list.invalidate(), utils.workspaces.invalidate()]);
      // The button goes away with the change; who used it goes on at the select.
      if (form.current?.contains(document.activeElement)) select.current?.focus();
      // Only now: the list shows the new role, and the select must not fall back to the old one in between.
      setChosen(null);
    },
  });
  const save = () => {
    setAsking(false);
    changeRole.mutate({ workspaceId, userId, role });
  };
  const isChanged = role !== member.role;
  return (
    <form
      ref={form}
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isChanged) return;
        if (role === 'owner' || member.role === 'owner') setAsking(true);
        else save();
      }}
    >
      <div className="row">
        <select
          ref={select}
          className="input compact"
          aria-label={t('roleOf', { email })}
          value={role}
          onChange={(event) => setChosen(ROLES.find((known) => known === event.target.value) ?? null)}
        >
          {ROLES.map((known) => (
            <option key={known} value={known}>
              {known}
            </option>
          ))}
        </select>
        {isChanged && (
          <Button
            small
            look="primary"
            type="submit"
            busy={changeRole.isPending}
            aria-label={t('saveRoleNamed', { email })}
          >
            {t('saveRole')}
          </Button>
        )}
      </div>
      <Failure error={changeRole.error} />
      <OwnerDialog
        change={isAsking ? { email, role, isSelf } : null}
        onConfirm={save}
        onClose={() => setAsking(false)}
      />
    </form>
  );
}
