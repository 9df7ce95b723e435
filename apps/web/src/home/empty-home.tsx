import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Empty } from '../states/empty.js';
import { t } from '../texts/home.js';
import { AppLink } from '../ui/app-link.js';

export function EmptyHome() {
  const { slug, can } = useWorkspace();
  const action = can('onboarding:run') ? (
    <AppLink href={paths.newOnboarding(slug)} look="primary">
      {t('home.new')}
    </AppLink>
  ) : (
    <p className="soft">{t('home.readOnly')}</p>
  );
  return (
    <Empty title={t('home.empty')} action={action}>
      <div className="stack">
        <p>{t('home.emptyBody')}</p>
        <div>
          <p>{t('home.emptyNeeds')}</p>
          <ul>
            <li>{t('home.need.domain')}</li>
            <li>{t('home.need.app')}</li>
            <li>{t('home.need.admin')}</li>
            <li>{t('home.need.time')}</li>
          </ul>
        </div>
      </div>
    </Empty>
  );
}
