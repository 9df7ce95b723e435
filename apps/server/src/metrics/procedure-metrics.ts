import type { AnsweredCall } from '@gangway/api/context';
import { Histogram, type Registry } from 'prom-client';

/** Measures every call of a procedure, also those that came in one batch. Streams are over when nobody watches: not measured. */
export function createProcedureMetrics(registry: Registry): (call: AnsweredCall) => void {
  const seconds = new Histogram({
    name: 'gangway_procedure_duration_seconds',
    help: 'Time of one call of a procedure, by the status it is answered with.',
    labelNames: ['procedure', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return ({ path, type, status, durationMs }) => {
    if (type !== 'subscription')
      seconds.observe({ procedure: path, status: String(status) }, durationMs / 1_000);
  };
}
