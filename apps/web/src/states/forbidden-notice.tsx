import { errorDataOf } from '../errors.js';
import { t } from '../texts/states.js';
import { Notice } from '../ui/notice.js';

/** 403 explains: which capability is missing, which roles have it, and who in the workspace could do it. */
export function ForbiddenNotice({ error }: { error: unknown }) {
  const data = errorDataOf(error);
  if (data?.reasonCode === 'workspace.suspended') {
    return (
      <Notice tone="warn" isAlert title={t('suspended.title')}>
        {t('suspended.body')}
      </Notice>
    );
  }
  return (
    <Notice tone="warn" isAlert title={t('forbidden.title')}>
      {data?.capability && <p>{t('forbidden.missing', { capability: data.capability })}</p>}
      {data?.roles && <p>{t('forbidden.roles', { roles: data.roles.join(', ') })}</p>}
      {data?.holders && data.holders.length > 0 && (
        <>
          <p>{t('forbidden.holders')}</p>
          <ul>
            {data.holders.map((holder) => (
              <li key={holder}>
                <a href={`mailto:${holder}`}>{holder}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
