import type { Session } from '@gangway/contract/onboarding';
import type { AskedConsent } from './consent-section.js';

/** The consent that an onboarding asks for. */
export function consentOfSession({ id, managedTenant }: Session): AskedConsent {
  return { from: { onboardingSessionId: id }, tenantName: managedTenant.name };
}
