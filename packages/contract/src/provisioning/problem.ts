/** How the partner plane refuses. */
import { z } from 'zod';
import { fieldError } from '../errors.js';
import { code, id } from './shared.js';

/** RFC 9457, with the members of this API. */
export const problemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    reason_code: code,
    request_id: z.string(),
    errors: z.array(fieldError).optional(),
    permission: z
      .string()
      .optional()
      .meta({ description: 'On `partner.permission_missing`: the one that the credential lacks' }),
    existing_id: id
      .optional()
      .meta({ description: "On `tenant.duplicate`: the tenant that exists, where it is the caller's own" }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemDetails>;
