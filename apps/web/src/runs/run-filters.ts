import { OPERATION_TYPES } from '@gangway/contract/operation-types';
import type { RunStatus } from '@gangway/contract/operations';
import type { RunFilters } from '../paths.js';

export const FILTER_STATUSES = [
  'queued',
  'running',
  'succeeded',
  'failed',
] as const satisfies readonly RunStatus[];

/** Tenants are created and deleted by partners: no workspace has such runs. */
export const FILTER_TYPES = OPERATION_TYPES.filter((type) => !type.startsWith('tenant.'));

/** Reads the filters of the address bar; what is not a filter is dropped. */
export function toRunFilters(search: Record<string, unknown>): RunFilters {
  return {
    type: FILTER_TYPES.find((type) => type === search['type']),
    status: FILTER_STATUSES.find((status) => status === search['status']),
    tenant: typeof search['tenant'] === 'string' ? search['tenant'] : undefined,
  };
}
