import type { z } from 'zod';

/**
 * What Gangway sends may have further fields in a later version, and says so: of `additionalProperties: false` generators make
 * clients that reject the whole answer for one field they do not know (Go and Java by openapi-generator do). zod writes it for
 * every object that goes out; what a client sends stays strict.
 */
export function keepOpen({
  zodSchema,
  jsonSchema,
}: {
  readonly zodSchema: z.core.$ZodTypes;
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  const { def } = zodSchema._zod;
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
}
