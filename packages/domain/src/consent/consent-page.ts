import type { Cloud } from '@gangway/contract/clouds';
import { ProviderError } from '@gangway/providers/errors';
import { AppError } from '../errors.js';
import type { House } from '../house.js';

/** How long somebody may take at Microsoft, signing in included. */
export const STATE_LIFETIME_MS = 60 * 60_000;

/** What is asked for: an application in a tenant. */
export interface Asked {
  readonly cloud: string;
  readonly clientId: string;
  readonly entraTenantId: string;
}

/** Where Microsoft's consent page leads back to. */
export const redirectUriOf = (house: Pick<House, 'appUrl'>): string => `${house.appUrl}/consent/return`;

/** Microsoft's consent page for an application, which leads back here. @throws AppError conflict where the cloud is not served */
export function consentPage(
  house: Pick<House, 'appUrl' | 'provider'>,
  { cloud, ...asked }: Asked,
  state: string,
): string {
  try {
    const redirectUri = redirectUriOf(house);
    return house.provider.consentUrl({ ...asked, cloud: cloud as Cloud, redirectUri, state });
  } catch (error) {
    throw error instanceof ProviderError ? new AppError('conflict', error.reasonCode) : error;
  }
}
