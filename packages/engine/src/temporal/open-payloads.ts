import type { Payload } from '@temporalio/common';

const STATE = ['step', 'progress', 'tenantId', 'adminUserId', 'companyId', 'emailSent', 'error'];

/**
 * Whether a payload is one of the documented answers that a client without our key must be able to read: the state, the
 * health report, and a result without a password. They hold ids and statuses; whatever is anything else is encrypted.
 */
export function isOpen(payload: Payload): boolean {
  const encoding = new TextDecoder().decode(payload.metadata?.['encoding'] ?? undefined);
  if (encoding !== 'json/plain' || !payload.data || payload.data.length > 2_000) return false;
  const value: unknown = JSON.parse(new TextDecoder().decode(payload.data));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = value as Record<string, unknown>;
  const keys = Object.keys(fields);
  const isState = keys.length === STATE.length && STATE.every((key) => keys.includes(key));
  const isHealth = fields['status'] === 'healthy' || fields['status'] === 'unhealthy';
  const isResult = typeof fields['success'] === 'boolean' && fields['temporaryPassword'] === null;
  return isState || isResult || (isHealth && keys.every((key) => typeof fields[key] === 'string'));
}
