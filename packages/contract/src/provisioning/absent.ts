/** Fields that may be left out. Clients with a type for everything send null, or `""`, for what they leave out. */
import { z } from 'zod';

/** A field that may be left out; null is the same. */
export const optional = <T extends z.ZodType>(schema: T) => toUndefined(schema.nullish());

/** The same of text, where nothing but blanks is the same too, as in a cell of a CSV file. */
export const optionalText = <T extends z.ZodType>(schema: T) => toUndefined(blankAsNull(schema));

/** A field with a default; null is the same as nothing. */
export const withDefault = <T extends z.ZodType>(schema: T, fallback: NonNullable<z.output<T>>) =>
  toDefault<T, z.ZodOptional<z.ZodNullable<T>>>(schema.nullish(), fallback);

/** The same of text, where nothing but blanks is the same too. */
export const textWithDefault = <T extends z.ZodType>(schema: T, fallback: NonNullable<z.output<T>>) =>
  toDefault<T, ReturnType<typeof blankAsNull<T>>>(blankAsNull(schema), fallback);

/** Text that may be null: nothing but blanks is null. */
export const blankAsNull = <T extends z.ZodType>(schema: T) =>
  z
    .preprocess(
      (value: z.input<T> | null | undefined) =>
        typeof value === 'string' && value.trim() === '' ? null : value,
      schema.nullable(),
    )
    .optional();

const toUndefined = <T extends z.ZodType>(schema: T) => schema.transform((value) => value ?? undefined);

const toDefault = <T extends z.ZodType, Nullish extends z.ZodType<z.output<T> | null | undefined>>(
  schema: Nullish,
  fallback: NonNullable<z.output<T>>,
) =>
  schema
    .transform((value): NonNullable<z.output<T>> => value ?? fallback)
    // zod leaves the default of what is transformed out of a JSON schema.
    .meta({ override: { default: fallback } });
