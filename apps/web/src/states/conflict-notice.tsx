import type { ConflictDetail } from '@gangway/contract/errors';
import { t } from '../texts/states.js';
import { toRelative } from '../time/when.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';

interface Props {
  readonly conflict: ConflictDetail;
  readonly onReload?: (() => void) | undefined;
  readonly onKeepMine?: ((version: number) => void) | undefined;
}

/** Somebody was quicker: who and when, and the choice. Nothing was overwritten yet. */
export function ConflictNotice({ conflict, onReload, onKeepMine }: Props) {
  return (
    <Notice
      tone="warn"
      isAlert
      title={t('conflict.title')}
      actions={
        <>
          {onReload && (
            <Button small onClick={onReload}>
              {t('conflict.reload')}
            </Button>
          )}
          {onKeepMine && (
            <Button small onClick={() => onKeepMine(conflict.version)}>
              {t('conflict.keep')}
            </Button>
          )}
        </>
      }
    >
      {t('conflict.who', { who: conflict.updatedBy, when: toRelative(conflict.updatedAt) })}
    </Notice>
  );
}
