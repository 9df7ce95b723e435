import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { t as home } from '../texts/home.js';
import { t } from '../texts/wizard-shell.js';
import { AppLink } from '../ui/app-link.js';
import { PageHeading } from '../ui/page-heading.js';

export function AbandonedPage() {
  const { slug } = useWorkspace();
  return (
    <div className="page stack">
      <PageHeading>{t('newTitle')}</PageHeading>
      <p>{t('abandoned')}</p>
      <p>
        <AppLink href={paths.newOnboarding(slug)} look="primary">
          {home('home.new')}
        </AppLink>
      </p>
    </div>
  );
}
