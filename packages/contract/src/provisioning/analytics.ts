/** How creations went. */
import { z } from 'zod';
import { withDefault } from './absent.js';

export const analyticsQuery = z.strictObject({ days: withDefault(z.number().int().min(1).max(365), 30) });
/** Of the last `days` days, in UTC; tenants are counted as they are now. */
export const analytics = z
  .object({
    days: z.number().int(),
    tenants: z.record(z.string(), z.number().int()),
    creations: z
      .object({
        succeeded: z.number().int(),
        failed: z.number().int(),
        live: z.number().int(),
        median_ms: z.number().int().nullable(),
        p95_ms: z.number().int().nullable(),
      })
      .meta({ id: 'AnalyticsCreations' }),
    failures: z.array(
      z.object({ reason_code: z.string(), count: z.number().int() }).meta({ id: 'AnalyticsFailure' }),
    ),
    per_day: z.array(
      z
        .object({ date: z.iso.date(), succeeded: z.number().int(), failed: z.number().int() })
        .meta({ id: 'AnalyticsDay' }),
    ),
  })
  .meta({ id: 'Analytics' });
