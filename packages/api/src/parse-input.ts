import { AppError } from '@gangway/domain/errors';
import type { z } from 'zod';
import { toFieldErrors } from './errors.js';

/** Parses what came in from outside, and nothing else: what we store or send and cannot parse is a fault. @throws AppError invalid */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'validation.failed', { fieldErrors: toFieldErrors(parsed.error) });
}
