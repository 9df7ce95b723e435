import type { ReactNode } from 'react';
import { t } from '../texts/states.js';
import { toExact } from '../time/when.js';
import { Notice } from '../ui/notice.js';

/** A link that is over: since when, and how to get a new one. */
export function GoneNotice({ expiredAt, action }: { expiredAt?: string | undefined; action?: ReactNode }) {
  return (
    <Notice tone="warn" isAlert title={t('gone.title')} actions={action}>
      {expiredAt ? t('gone.body', { when: toExact(expiredAt) }) : t('gone.bodyNoTime')}
    </Notice>
  );
}
