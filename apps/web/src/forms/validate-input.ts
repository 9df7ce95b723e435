import type { FieldError } from '@gangway/contract/errors';
import type { z } from 'zod';

/** Judges an input by the contract's schema, as the server will. Paths are joined with dots. */
export function validateInput(schema: z.ZodType, input: unknown): readonly FieldError[] {
  const parsed = schema.safeParse(input);
  if (parsed.success) return [];
  const seen = new Set<string>();
  return parsed.error.issues
    .map((issue) => ({ field: issue.path.join('.'), message: issue.message }))
    .filter(({ field }) => !seen.has(field) && seen.add(field));
}
