import { paths } from '../paths.js';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/home.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { PageHeading } from '../ui/page-heading.js';
import { Tag } from '../ui/tag.js';
import './workspaces.css';

export function WorkspacesPage() {
  const query = trpc.workspaces.list.useQuery({ limit: 100 });
  const me = trpc.auth.me.useQuery(undefined, { staleTime: 60_000 });
  return (
    <div className="page">
      <PageHeading>{t('workspaces.title')}</PageHeading>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('workspaces.empty')}>
              {t('workspaces.emptyBody', { email: me.data?.user.email ?? '' })}
            </Empty>
          ) : (
            <ul className="grid">
              {items.map((workspace) => (
                <li key={workspace.id} className="card workspace-card">
                  <h2>
                    <AppLink href={paths.home(workspace.slug)}>{workspace.name}</AppLink>
                  </h2>
                  <p className="soft">{t('workspaces.role', { role: workspace.role })}</p>
                  {workspace.suspended && <Tag>{t('workspaces.suspended')}</Tag>}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}
