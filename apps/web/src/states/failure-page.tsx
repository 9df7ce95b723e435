import { t } from '../texts/states.js';
import { PageHeading } from '../ui/page-heading.js';
import { Failure } from './failure.js';

/** A page whose own data could not be had. */
export function FailurePage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className="page">
      <PageHeading>{t('page.title')}</PageHeading>
      <Failure error={error} onRetry={onRetry} />
    </div>
  );
}
