import { useEffect, useState } from 'react';
import { t as common } from '../texts/common.js';
import { t } from '../texts/states.js';
import { toDuration } from '../time/when.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';

/** Counts down to when trying again makes sense. */
export function RateLimitNotice({
  seconds,
  onRetry,
}: {
  seconds: number;
  onRetry?: (() => void) | undefined;
}) {
  const [until] = useState(() => Date.now() + seconds * 1_000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000))), 500);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <Notice
      tone="warn"
      isAlert
      title={t('limited.title')}
      actions={
        onRetry &&
        left === 0 && (
          <Button small onClick={onRetry}>
            {common('tryAgain')}
          </Button>
        )
      }
    >
      {/* Not part of the alert: a number per second is no news. */}
      <span aria-live="off">
        {left > 0 ? t('limited.body', { time: toDuration(left * 1_000) }) : t('limited.now')}
      </span>
    </Notice>
  );
}
