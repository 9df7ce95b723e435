import { z } from 'zod';

/** A name out of a directory: whatever its length, only this much of it is kept; absent becomes empty. */
export const name = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').slice(0, 256));
