import type { Role } from '@gangway/contract/capabilities';
import { t as common } from '../texts/common.js';
import { t } from '../texts/members.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';

interface Props {
  /** To owner, or from owner to this role; null: nothing is asked. */
  readonly change: { readonly email: string; readonly role: Role; readonly isSelf: boolean } | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before somebody becomes an owner or stops being one. */
export function OwnerDialog({ change, onConfirm, onClose }: Props) {
  if (change === null) return null;
  const { email, role, isSelf } = change;
  const makesOwner = role === 'owner';
  const title = makesOwner
    ? t('makeOwnerTitle', { email })
    : isSelf
      ? t('endOwnerSelfTitle')
      : t('endOwnerTitle', { email, role });
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <p>{t(makesOwner ? 'makeOwnerBody' : isSelf ? 'endOwnerSelfBody' : 'endOwnerBody')}</p>
      <div className="row">
        <Button look={makesOwner ? 'primary' : 'danger'} type="button" onClick={onConfirm}>
          {t(makesOwner ? 'makeOwner' : 'endOwner')}
        </Button>
        <Button type="button" onClick={onClose}>
          {common('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
