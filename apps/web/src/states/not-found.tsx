import { paths } from '../paths.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/states.js';
import { AppLink } from '../ui/app-link.js';
import { PageHeading } from '../ui/page-heading.js';

/** The one page for what is missing and for what belongs to others. */
export function NotFound() {
  return (
    <div className="page">
      <PageHeading>{t('notFound.title')}</PageHeading>
      <div className="stack">
        <p className="measure">{t('notFound.body')}</p>
        <p>
          <AppLink href={paths.workspaces()} look="primary">
            {common('workspaces')}
          </AppLink>
        </p>
      </div>
    </div>
  );
}
