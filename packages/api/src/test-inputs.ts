import { z } from 'zod';

/** Where a value stands in an input. */
export type Path = readonly (string | number)[];

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
}

/** Text that a field of this name accepts, where the schema alone does not say it. */
const KNOWN_TEXT: Readonly<Record<string, string>> = {
  email: 'somebody@example.com',
  domain: 'contoso.example',
  newPassword: 'a password of some length',
  certificatePem: '-----BEGIN CERTIFICATE-----',
  privateKeyPem: '-----BEGIN PRIVATE KEY-----',
  issuer: 'https://issuer.example',
  expiresAt: '2030-01-01T00:00:00Z',
  expires_at: '2030-01-01T00:00:00Z',
  phone_number: '+49 30 1234567',
  url: 'https://93.184.215.14/',
  contract_line: 'basic',
  value: 'professional',
  cursor: '0198c0de-0000-7000-8000-000000000000',
  lastEventId: '1',
};

/**
 * Inputs that a procedure's schema accepts: one with the required fields, one more for every optional field and for
 * every form that a field may take. `ids` are what fields of that name get.
 */
export function validInputs(schema: z.ZodType, ids: Readonly<Record<string, string>>): unknown[] {
  // An empty registry: names that schemas have in the OpenAPI document would make references of them.
  const described = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    metadata: z.registry(),
  }) as JsonSchema;
  const known = { ...KNOWN_TEXT, ...ids };
  return examplesOf(described, '', known).filter((input) => schema.safeParse(input).success);
}

function examplesOf(schema: JsonSchema, key: string, known: Readonly<Record<string, string>>): unknown[] {
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return forms.flatMap((form) => examplesOf(form, key, known));
  if (Array.isArray(schema.type))
    return schema.type.flatMap((type: string) => examplesOf({ ...schema, type }, key, known));
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return [schema.enum[0]];
  switch (schema.type) {
    case 'object':
      return objectsOf(schema, known);
    case 'array':
      return examplesOf(schema.items ?? {}, key, known).map((item) => [item]);
    case 'integer':
    case 'number':
      return [Math.max(schema.minimum ?? 1, 1)];
    case 'boolean':
      return [true];
    case 'null':
      return [null];
    case 'string':
      return [known[key] ?? (key.endsWith('Id') ? crypto.randomUUID() : 'Contoso')];
    default:
      return known[key] === undefined ? [] : [known[key]];
  }
}

function objectsOf(schema: JsonSchema, known: Readonly<Record<string, string>>): unknown[] {
  const required = new Set(schema.required);
  let objects: Record<string, unknown>[] = [{}];
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (!required.has(key)) continue;
    const values = examplesOf(field, key, known);
    objects = objects.flatMap((object) => values.map((value) => ({ ...object, [key]: value })));
  }
  const [least = {}] = objects;
  const optional = Object.entries(schema.properties ?? {}).filter(([key]) => !required.has(key));
  const more = optional.flatMap(([key, field]) =>
    examplesOf(field, key, known).map((value) => ({ ...least, [key]: value })),
  );
  return [...objects, ...more];
}

/** Every value in an input with its place, the input itself first. */
export function placesOf(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const inner = Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
    placesOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [{ path, value }, ...inner];
}

/** The input with another value at a place. Keys such as `__proto__` stay keys. */
export function replaceAt(input: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy: unknown = Array.isArray(input) ? [...(input as unknown[])] : { ...Object(input) };
  const before: unknown = Reflect.get(Object(copy), key);
  Object.defineProperty(copy, key, {
    value: replaceAt(before, rest, replacement),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

/** The object without a key. */
export function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
