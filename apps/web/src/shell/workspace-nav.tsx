import type { Workspace } from '@gangway/contract/workspaces';
import { useLocation } from '@tanstack/react-router';
import { paths } from '../paths.js';
import { t } from '../texts/common.js';
import { AppLink } from '../ui/app-link.js';

export function WorkspaceNav({ workspace }: { workspace: Workspace }) {
  const { pathname } = useLocation();
  const { slug, capabilities } = workspace;
  const entries = [
    { href: paths.home(slug), label: t('home') },
    { href: paths.runs(slug), label: t('runs') },
    { href: paths.members(slug), label: t('members') },
    ...(capabilities.includes('audit:read') ? [{ href: paths.audit(slug), label: t('audit') }] : []),
  ];
  return (
    <nav aria-label={t('mainNav')} className="band-nav">
      <ul>
        {entries.map(({ href, label }) => (
          <li key={href}>
            <AppLink href={href} className="band-link" aria-current={pathname === href ? 'page' : undefined}>
              {label}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
