import type { Cloud } from '@gangway/contract/clouds';
import { ProviderError } from '@gangway/providers/errors';
import { AppError } from '../errors.js';
import type { AppContext } from '../app-context.js';

/** How long somebody may take at Microsoft, signing in included. */
export const STATE_LIFETIME_MS = 60 * 60_000;

/** What is asked for: an application in a tenant. */
export interface Asked {
  readonly cloud: string;
  readonly clientId: string;
  readonly entraTenantId: string;
}

/** Where Microsoft's consent page leads back to. */
export const redirectUriOf = (app: Pick<AppContext, 'appUrl'>): string => `${app.appUrl}/consent/return`;

/** Microsoft's consent page for an application, which leads back here. @throws AppError conflict where the cloud is not served */
export function consentPage(
  app: Pick<AppContext, 'appUrl' | 'provider'>,
  { cloud, ...asked }: Asked,
  state: string,
): string {
  try {
    const redirectUri = redirectUriOf(app);
    return app.provider.consentUrl({ ...asked, cloud: cloud as Cloud, redirectUri, state });
  } catch (error) {
    throw error instanceof ProviderError ? new AppError('conflict', error.reasonCode) : error;
  }
}
