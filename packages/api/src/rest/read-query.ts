import { z } from 'zod';

/** A query as its schema wants it: all of it is text, what is meant as a number too. What is none stays text, and is refused. */
export function readQuery(
  { shape }: z.ZodObject,
  query: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, isNumber(shape[name]) ? toNumber(value) : value]),
  );
}

function isNumber(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodPipe) return isNumber(schema.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return isNumber(schema.unwrap());
  return schema instanceof z.ZodNumber;
}

const toNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
