import type { ProviderConfig } from '../microsoft/config.js';
import type { Finding } from './row.js';

/** A finding of Conditional Access with the addresses that the policy has to allow, if this server knows its own. */
export function withOutboundAddresses({ outboundAddresses }: ProviderConfig, finding: Finding): Finding {
  const { reasonCode, remedy } = finding;
  if (reasonCode !== 'policy.conditional_access' || remedy !== undefined) return finding;
  if (outboundAddresses.length === 0) return finding;
  const shown = outboundAddresses.join(', ');
  return {
    ...finding,
    remedy: `Ask an administrator of the tenant to add ${shown} to a named location that the policy allows: this server sends from there. If that is so already, they have to look for a risk reported for the service principal.`,
  };
}
