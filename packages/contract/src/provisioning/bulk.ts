/** Many tenants by one request. */
import { z } from 'zod';
import { fieldError } from '../errors.js';
import { code, id } from './shared.js';
import type { newTenant } from './tenants.js';

export const MAX_BULK_ROWS = 10_000;
/** A bulk request. What a row is, is looked at row by row: one that makes no sense refuses nothing but itself. */
export const bulkRows = z
  .array(z.custom<z.input<typeof newTenant> | null>(), 'Must be a JSON array, or CSV')
  .min(1, `Must have 1 to ${MAX_BULK_ROWS} rows`)
  .max(MAX_BULK_ROWS, `Must have 1 to ${MAX_BULK_ROWS} rows`);
/** One answer for each row of a bulk request, in its order. */
export const bulkResult = z
  .object({
    accepted: z.number().int(),
    refused: z.number().int(),
    items: z.array(
      z
        .object({
          row: z.number().int().min(1),
          status: z.enum(['accepted', 'refused']),
          tenant: id.nullable(),
          operation_run_id: id.nullable(),
          reason_code: code.nullable(),
          errors: z.array(fieldError),
        })
        .meta({ id: 'BulkResultItem' }),
    ),
  })
  .meta({ id: 'BulkResult' });
export type BulkRow = z.infer<typeof bulkResult>['items'][number];
