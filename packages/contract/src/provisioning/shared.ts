/** What the nouns of the partner plane have in common: snake_case, as partners see it. */
import { z } from 'zod';
import { REASON_CODES, type ReasonCode } from '../reason-codes.js';
import { optional, withDefault } from './absent.js';
import { growingEnum } from './growing-enum.js';

export const code = growingEnum(REASON_CODES as [ReasonCode, ...ReasonCode[]]).meta({
  id: 'ReasonCode',
  description: 'Why: the code is the contract. A later version may have further ones',
});
// What goes out is as it is stored: no transformation, so that the OpenAPI document can say its type.
export const id = z.guid().meta({ examples: ['0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d20'] });
/** A tenant's business line as the documents name it: `basic`, `professional`, `enterprise` or one of the partner's own. */
export const contractLine = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'Must be lower case letters, digits, - and _; at most 40')
  .meta({ examples: ['basic', 'professional', 'enterprise'] });

/** The query of every list. */
export const pageQuery = z.strictObject({
  cursor: optional(z.string().max(500)),
  limit: withDefault(z.number().int().min(1).max(100), 50),
});
/** What every list answers with. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });
