import { errorDataOf } from '../errors.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/states.js';
import { Button } from '../ui/button.js';
import { CopyButton } from '../ui/copy-button.js';
import { Notice } from '../ui/notice.js';
import { RemedyOnDemand } from './remedy-on-demand.js';

/**
 * Something failed on the server or on the way to it: what, that nothing is lost, and the id to ask about. A cause that the
 * server could name, such as a Microsoft that cannot be reached, is said instead.
 */
export function ServerErrorNotice({
  error,
  onRetry,
}: {
  error: unknown;
  onRetry?: (() => void) | undefined;
}) {
  const data = errorDataOf(error);
  const kind = data === null ? 'offline' : 'error';
  const cause =
    data && data.reasonCode !== 'internal.error' && error instanceof Error
      ? { title: error.message, reasonCode: data.reasonCode }
      : null;
  const details = JSON.stringify(
    {
      reasonCode: data?.reasonCode ?? 'network',
      requestId: data?.requestId ?? null,
      page: location.pathname,
      at: new Date().toISOString(),
    },
    null,
    2,
  );
  return (
    <Notice
      tone="bad"
      isAlert
      title={cause?.title ?? t(`${kind}.title`)}
      actions={
        <>
          {onRetry && (
            <Button small onClick={onRetry}>
              {common('tryAgain')}
            </Button>
          )}
          <CopyButton text={details}>{common('copyDetails')}</CopyButton>
        </>
      }
    >
      <p>{cause ? <RemedyOnDemand reasonCode={cause.reasonCode} /> : t(`${kind}.body`)}</p>
      {data && (
        <p className="small">
          {common('requestId')}: <code>{data.requestId}</code>
        </p>
      )}
    </Notice>
  );
}
