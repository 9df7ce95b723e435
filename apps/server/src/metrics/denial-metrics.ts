import type { DenialLogOptions } from '@gangway/domain/denials/denial-log';
import { Counter, type Registry } from 'prom-client';

/** Counts every denial, also those that are written to no trail one by one. */
export function createDenialMetrics(registry: Registry): NonNullable<DenialLogOptions['onDenied']> {
  const total = new Counter({
    name: 'gangway_denials_total',
    help: 'Requests that authorization denied to a known user or credential.',
    labelNames: ['whose', 'reason_code'],
    registers: [registry],
  });
  return (whose, reasonCode) => total.inc({ whose, reason_code: reasonCode });
}
