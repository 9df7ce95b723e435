import { isParallel } from './graph.js';
import type { Registry } from './step.js';
import type { Claimer } from './store/claim.js';

/** A worker as it claims runs of these operations. */
export function claimerOf(registry: Registry, workerId: string, leaseMs: number): Claimer {
  const operations = Object.values(registry);
  return {
    workerId,
    leaseMs,
    timeouts: Object.fromEntries(operations.map(({ plan, timeoutMs }) => [plan.type, timeoutMs])),
    parallelTypes: operations.filter(({ plan }) => isParallel(plan)).map(({ plan }) => plan.type),
  };
}
