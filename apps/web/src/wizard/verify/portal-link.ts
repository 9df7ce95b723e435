import type { Cloud } from '@gangway/contract/clouds';
import type { ReasonCode } from '@gangway/contract/reason-codes';

// The admin centre of each national cloud: Microsoft Learn, "National clouds", Microsoft Entra admin center endpoints.
const PORTALS: Record<Cloud, string | null> = {
  global: 'https://entra.microsoft.com',
  usgov: 'https://entra.microsoft.us',
  dod: 'https://entra.microsoft.us',
  china: 'https://entra.microsoftonline.cn',
  // Not published.
  bleu: null,
  delos: null,
  govsg: null,
  sandbox: null,
};

/** The blade of the admin centre where the cause is mended; null where there is none, as for the emulator. */
export function toPortalLink(reasonCode: ReasonCode, cloud: Cloud, clientId: string): string | null {
  const portal = PORTALS[cloud];
  const blade = bladeOf(reasonCode, encodeURIComponent(clientId));
  return portal && blade && `${portal}/#view/${blade}`;
}

function bladeOf(reasonCode: ReasonCode, clientId: string): string | null {
  const registration = `Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~`;
  if (reasonCode.startsWith('credential.')) return `${registration}/Credentials/appId/${clientId}`;
  if (reasonCode.startsWith('permission.') || reasonCode.startsWith('consent.')) {
    return `${registration}/CallAnAPI/appId/${clientId}`;
  }
  if (reasonCode.startsWith('app.')) return `${registration}/Overview/appId/${clientId}`;
  if (reasonCode === 'policy.conditional_access')
    return 'Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies';
  return null;
}
