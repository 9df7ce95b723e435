import type { Evidence } from '../operations.js';
import { REASONS, type ReasonCode } from '../reason-codes.js';

/** By the first part of `x-ms-throttle-scope`. Source: Microsoft Graph, "Throttling guidance", response headers. */
const THROTTLED: ReadonlyMap<string, string> = new Map([
  [
    'Tenant_Application',
    'This application has sent too many requests about this tenant. Nothing to do now. If it lasts, start fewer runs for the tenant at once.',
  ],
  [
    'Application',
    'This application has sent too many requests about all its tenants together. Nothing to do now. If it lasts, start fewer runs at once.',
  ],
  [
    'Tenant',
    'All applications in this tenant together have sent too many requests, so another one may be the cause. Nothing to do now. If it lasts, ask an administrator of the tenant which one it is.',
  ],
]);

/** What to do about a reason, in the narrowest words that its evidence allows. */
export function toRemedy(reasonCode: ReasonCode, evidence: Evidence | null): string {
  const [scope = ''] = evidence?.throttleScope?.split('/') ?? [];
  return (
    (reasonCode === 'provider.throttled' ? THROTTLED.get(scope) : undefined) ?? REASONS[reasonCode].remedy
  );
}
