import type { OnboardingStep } from '@gangway/contract/onboarding';
import type { RunStatus } from '@gangway/contract/operations';
import type { OperationType } from '@gangway/contract/operation-types';

export interface RunFilters {
  readonly type?: OperationType | undefined;
  readonly status?: RunStatus | undefined;
  readonly tenant?: string | undefined;
}

function withQuery(path: string, query: object): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

/** Every address of the app, in one list. `slug` is the workspace's. */
export const paths = {
  workspaces: () => '/',
  signIn: (returnTo?: string) => withQuery('/sign-in', { return: returnTo }),
  requestReset: () => '/reset-password',
  setPassword: (token: string) => withQuery('/set-password', { token }),
  changePassword: (returnTo?: string) => withQuery('/change-password', { return: returnTo }),
  invitation: (token: string) => withQuery('/invitation', { token }),
  /** `slug`: the workspace to go back to. */
  account: (slug?: string) => withQuery('/account', { workspace: slug }),
  mailbox: () => '/mailbox',
  home: (slug: string) => `/w/${slug}`,
  newOnboarding: (slug: string) => `/w/${slug}/onboarding/new`,
  onboarding: (slug: string, sessionId: string, step: OnboardingStep) =>
    `/w/${slug}/onboarding/${sessionId}/${step}`,
  tenant: (slug: string, managedTenantId: string) => `/w/${slug}/tenants/${managedTenantId}`,
  runs: (slug: string, filters: RunFilters = {}) => withQuery(`/w/${slug}/runs`, filters),
  run: (slug: string, operationRunId: string) => `/w/${slug}/runs/${operationRunId}`,
  members: (slug: string) => `/w/${slug}/members`,
  audit: (slug: string, filters: object = {}) => withQuery(`/w/${slug}/audit`, filters),
} as const;

/**
 * A return address is followed only within the app: one leading slash, no scheme, no second slash, and no control
 * character, since browsers drop tabs and line ends and so may find a second slash.
 */
export function toLocalPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])\P{Cc}*$/u.test(value) ? value : paths.workspaces();
}
