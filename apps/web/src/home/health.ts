import type { ManagedTenantSummary } from '@gangway/contract/managed-tenants';
import type { Tone } from '../ui/status-badge.js';

export const HEALTH_TONES: Record<ManagedTenantSummary['health'], Tone> = {
  unknown: 'idle',
  healthy: 'ok',
  attention: 'warn',
  failing: 'bad',
};
