import { z } from 'zod';

/** The header of whatever is made once, though asked for again. */
export const IDEMPOTENCY_KEY = z.object({
  'Idempotency-Key': z
    .string()
    .min(1)
    .max(255)
    .regex(/^[!-~]+$/)
    .optional()
    .meta({ description: 'Makes a repeated request one request, for 24 hours. Visible ASCII characters' }),
});
