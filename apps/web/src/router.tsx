import { toRunFilters } from './runs/run-filters.js';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { HandOffLayout } from './handoff/hand-off-layout.js';
import { AccountLayout } from './shell/account-layout.js';
import { CrashPage } from './shell/crash-page.js';
import { PublicLayout } from './shell/public-layout.js';
import { Root } from './shell/root.js';
import { SignedInLayout } from './shell/signed-in-layout.js';
import { StandaloneNotFound } from './shell/standalone-not-found.js';
import { WorkspaceLayout } from './shell/workspace-layout.js';
import { markNavigation } from './ui/navigation-mark.js';

const toReturn = (search: Record<string, unknown>) => ({
  return: typeof search['return'] === 'string' ? search['return'] : '/',
});
const toWorkspace = (search: Record<string, unknown>) =>
  typeof search['workspace'] === 'string' ? { workspace: search['workspace'] } : {};
const toToken = (search: Record<string, unknown>) => ({
  token: typeof search['token'] === 'string' ? search['token'] : '',
});

const root = createRootRoute({
  component: Root,
  notFoundComponent: StandaloneNotFound,
  errorComponent: CrashPage,
});

const publicLayout = createRoute({ getParentRoute: () => root, id: 'public', component: PublicLayout });
const publicPages = publicLayout.addChildren([
  createRoute({
    getParentRoute: () => publicLayout,
    path: '/sign-in',
    validateSearch: toReturn,
    component: lazyRouteComponent(() => import('./auth/sign-in-page.js'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => publicLayout,
    path: '/reset-password',
    component: lazyRouteComponent(() => import('./auth/request-reset-page.js'), 'RequestResetPage'),
  }),
  createRoute({
    getParentRoute: () => publicLayout,
    path: '/set-password',
    validateSearch: toToken,
    component: lazyRouteComponent(() => import('./auth/set-password-page.js'), 'SetPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => publicLayout,
    path: '/invitation',
    validateSearch: toToken,
    component: lazyRouteComponent(() => import('./invitation/invitation-page.js'), 'InvitationPage'),
  }),
  createRoute({
    getParentRoute: () => publicLayout,
    path: '/mailbox',
    component: lazyRouteComponent(() => import('./mailbox/mailbox-page.js'), 'MailboxPage'),
  }),
]);

const handOff = createRoute({ getParentRoute: () => root, id: 'hand-off', component: HandOffLayout });
const handOffPages = handOff.addChildren([
  createRoute({
    getParentRoute: () => handOff,
    path: '/handoff/$token',
    component: lazyRouteComponent(() => import('./handoff/hand-off-page.js'), 'HandOffPage'),
  }),
  createRoute({
    getParentRoute: () => handOff,
    path: '/handoff/thanks',
    component: lazyRouteComponent(() => import('./handoff/end-pages.js'), 'ThanksPage'),
  }),
  createRoute({
    getParentRoute: () => handOff,
    path: '/handoff/refused',
    component: lazyRouteComponent(() => import('./handoff/end-pages.js'), 'RefusedPage'),
  }),
  createRoute({
    getParentRoute: () => handOff,
    path: '/consent/return',
    component: lazyRouteComponent(() => import('./handoff/end-pages.js'), 'ReturnOverPage'),
  }),
]);

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedInLayout });
const account = createRoute({ getParentRoute: () => signedIn, id: 'account', component: AccountLayout });
const accountPages = account.addChildren([
  createRoute({
    getParentRoute: () => account,
    path: '/',
    component: lazyRouteComponent(() => import('./workspaces/workspaces-page.js'), 'WorkspacesPage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/account',
    validateSearch: toWorkspace,
    component: lazyRouteComponent(() => import('./account/account-page.js'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/change-password',
    validateSearch: toReturn,
    component: lazyRouteComponent(() => import('./auth/change-password-page.js'), 'ChangePasswordPage'),
  }),
]);

const workspace = createRoute({
  getParentRoute: () => signedIn,
  path: '/w/$slug',
  component: WorkspaceLayout,
});
const workspacePages = workspace.addChildren([
  createRoute({
    getParentRoute: () => workspace,
    path: '/',
    component: lazyRouteComponent(() => import('./home/home-page.js'), 'HomePage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/onboarding/new',
    component: lazyRouteComponent(() => import('./wizard/new-onboarding-page.js'), 'NewOnboardingPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/onboarding/$sessionId/$step',
    component: lazyRouteComponent(() => import('./wizard/wizard-page.js'), 'WizardPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/tenants/$managedTenantId',
    component: lazyRouteComponent(() => import('./tenants/tenant-page.js'), 'TenantPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/runs',
    validateSearch: toRunFilters,
    component: lazyRouteComponent(() => import('./runs/runs-page.js'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/runs/$operationRunId',
    component: lazyRouteComponent(() => import('./runs/run-page.js'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/members',
    component: lazyRouteComponent(() => import('./members/members-page.js'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/audit',
    component: lazyRouteComponent(() => import('./audit/audit-page.js'), 'AuditPage'),
  }),
]);

export const router = createRouter({
  routeTree: root.addChildren([
    publicPages,
    handOffPages,
    signedIn.addChildren([accountPages, workspacePages]),
  ]),
  scrollRestoration: true,
  defaultErrorComponent: CrashPage,
});

router.subscribe('onBeforeLoad', ({ fromLocation, pathChanged }) => {
  if (fromLocation && pathChanged) markNavigation();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
