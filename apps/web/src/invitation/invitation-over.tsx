import { errorDataOf } from '../errors.js';
import { paths } from '../paths.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/invitation.js';
import { toExact } from '../time/when.js';
import { AppLink } from '../ui/app-link.js';
import { Notice } from '../ui/notice.js';

/** A link that lets nobody in any more: since when, and how to get a new one. */
export function InvitationOver({ error }: { error: unknown }) {
  const expiredAt = errorDataOf(error)?.expiredAt;
  return (
    <div className="stack">
      <Notice tone="warn" isAlert title={t('over')}>
        <p>{expiredAt ? t('expiredBody', { when: toExact(expiredAt) }) : t('overBody')}</p>
        <p>{t('again')}</p>
      </Notice>
      <p>
        {t('member')} <AppLink href={paths.workspaces()}>{common('workspaces')}</AppLink>
      </p>
    </div>
  );
}
