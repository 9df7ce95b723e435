import { errorDataOf, isSessionOver, statusOf } from '../errors.js';
import { ConflictNotice } from './conflict-notice.js';
import { ForbiddenNotice } from './forbidden-notice.js';
import { GoneNotice } from './gone-notice.js';
import { RateLimitNotice } from './rate-limit-notice.js';
import { RemedyOnDemand } from './remedy-on-demand.js';
import { ServerErrorNotice } from './server-error-notice.js';
import { t } from '../texts/states.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';

interface Props {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** For 409 with a version: loads what the other person did. */
  readonly onReload?: (() => void) | undefined;
  /** For 409 with a version: writes over it, at that version. */
  readonly onKeepMine?: ((version: number) => void) | undefined;
}

/** The answer of a refused call, in the place where it was asked. 401 is a dialog over the page instead. */
export function Failure({ error, onRetry, onReload, onKeepMine }: Props) {
  if (error === null || error === undefined) return null;
  const data = errorDataOf(error);
  switch (statusOf(error)) {
    case 401:
      return isSessionOver(error) ? null : <Refusal error={error} />;
    case 403:
      return <ForbiddenNotice error={error} />;
    case 409:
      return data?.conflict ? (
        <ConflictNotice conflict={data.conflict} onReload={onReload} onKeepMine={onKeepMine} />
      ) : (
        <Refusal error={error} onReload={onReload} />
      );
    case 410:
      return <GoneNotice expiredAt={data?.expiredAt} />;
    case 429:
      return <RateLimitNotice seconds={data?.retryAfter ?? 30} onRetry={onRetry} />;
    case 400:
    case 404:
      return <Refusal error={error} />;
    default:
      return <ServerErrorNotice error={error} onRetry={onRetry} />;
  }
}

// The server's message is its own wording for the reason code, never Microsoft's and never internal.
function Refusal({ error, onReload }: { error: unknown; onReload?: (() => void) | undefined }) {
  const reasonCode = errorDataOf(error)?.reasonCode;
  return (
    <Notice
      tone="bad"
      isAlert
      title={error instanceof Error ? error.message : ''}
      actions={
        onReload && (
          <Button small onClick={onReload}>
            {t('conflict.reload')}
          </Button>
        )
      }
    >
      {reasonCode && <RemedyOnDemand reasonCode={reasonCode} />}
    </Notice>
  );
}
