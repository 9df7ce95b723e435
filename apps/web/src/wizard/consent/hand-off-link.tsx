import { t } from '../../texts/consent.js';
import { toExact } from '../../time/when.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Identifier } from '../../ui/identifier.js';
import { Notice } from '../../ui/notice.js';

/** A link that was just made: the only time it is shown. */
export function HandOffLink({ link, expiresAt }: { link: string; expiresAt: string }) {
  return (
    <Notice tone="ok" title={t('linkTitle')} actions={<CopyButton text={link}>{t('linkCopy')}</CopyButton>}>
      <p>
        <Identifier value={link} />
      </p>
      <p>{t('linkBody', { when: toExact(expiresAt) })}</p>
    </Notice>
  );
}
