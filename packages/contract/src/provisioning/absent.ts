/** Optional fields. Generated clients and forms send null or `""` for a field that is not set. */
import { z } from 'zod';

/** An optional field; null means the same as absent. */
export const optional = <T extends z.ZodType>(schema: T) => toUndefined(schema.nullish());

/** An optional text field; null and blank text mean the same as absent, like a blank cell of a CSV file. */
export const optionalText = <T extends z.ZodType>(schema: T) => toUndefined(blankAsNull(schema));

/** A field with a default; null means the same as absent. */
export const withDefault = <T extends z.ZodType>(schema: T, fallback: NonNullable<z.output<T>>) =>
  toDefault<T, z.ZodOptional<z.ZodNullable<T>>>(schema.nullish(), fallback);

/** A text field with a default; null and blank text mean the same as absent. */
export const textWithDefault = <T extends z.ZodType>(schema: T, fallback: NonNullable<z.output<T>>) =>
  toDefault<T, ReturnType<typeof blankAsNull<T>>>(blankAsNull(schema), fallback);

/** Nullable text; blank text is null. */
export const blankAsNull = <T extends z.ZodType>(schema: T) =>
  z
    .preprocess(
      (value: z.input<T> | null | undefined) =>
        typeof value === 'string' && value.trim() === '' ? null : value,
      schema.meta({ override: documentBlank }).nullable(),
    )
    .optional();

/** The schema of the text itself knows nothing of blank text, and the OpenAPI document has to say what is accepted. */
function documentBlank({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.minLength;
  jsonSchema.enum?.push('');
  if (jsonSchema.pattern !== undefined) jsonSchema.pattern = `^$|${jsonSchema.pattern}`;
}

const toUndefined = <T extends z.ZodType>(schema: T) => schema.transform((value) => value ?? undefined);

const toDefault = <T extends z.ZodType, Nullish extends z.ZodType<z.output<T> | null | undefined>>(
  schema: Nullish,
  fallback: NonNullable<z.output<T>>,
) =>
  schema
    .transform((value): NonNullable<z.output<T>> => value ?? fallback)
    // zod leaves the default of what is transformed out of a JSON schema.
    .meta({ override: { default: fallback } });
