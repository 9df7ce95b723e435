import type { ReactNode } from 'react';
import { paths } from '../paths.js';
import { PRODUCT, t } from '../texts/common.js';
import { AppLink } from '../ui/app-link.js';
import { Logo } from './logo.js';
import { ThemeSelect } from './theme-select.js';
import './header.css';

interface Props {
  readonly workspace?: { readonly name: string; readonly slug: string };
  /** The workspace of the address, to which the account keeps the way back. Known before the workspace is. */
  readonly slug?: string | undefined;
  readonly nav?: ReactNode;
  readonly isSignedIn?: boolean;
  /** What stands beside the account, such as "Save and exit". */
  readonly action?: ReactNode;
}

export function Header({ workspace, slug = workspace?.slug, nav, isSignedIn = false, action }: Props) {
  return (
    <header className="band">
      <div className="band-row">
        <AppLink href={paths.workspaces()} className="brand">
          <Logo />
          {PRODUCT}
        </AppLink>
        {workspace && (
          <AppLink href={paths.home(workspace.slug)} className="band-workspace">
            {workspace.name}
          </AppLink>
        )}
        {nav}
        <div className="band-tools">
          {action}
          <ThemeSelect />
          {isSignedIn && (
            <AppLink href={paths.account(slug)} className="band-link">
              {t('account')}
            </AppLink>
          )}
        </div>
      </div>
    </header>
  );
}
