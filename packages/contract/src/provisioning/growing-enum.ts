import { z } from 'zod';

/**
 * One of a list that later versions of Gangway add to, in what Gangway sends. The OpenAPI document names the values as
 * `x-extensible-enum` and leaves the type open: generated clients reject a value that their `enum` does not have, so that an
 * old client could no longer read a list with one new value in it.
 */
export const growingEnum = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).meta({
    override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
      jsonSchema['x-extensible-enum'] = jsonSchema.enum;
      delete jsonSchema.enum;
    },
  });
