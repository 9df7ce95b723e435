/**
 * Rewrites what zod-openapi writes into what the generators of clients read: openapi-generator 7 fails at import on a pattern
 * beside a format, and its Python client on a single property with `anyOf`; oapi-codegen and ogen (Go) stop at `anyOf`. The
 * meaning stays.
 */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schema = { [key: string]: Json };

const NULL_OF = 'Nullable';
const SCHEMAS = '#/components/schemas/';

const isObject = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function forGenerators<Document extends object>(document: Document): Document {
  const plain = JSON.parse(JSON.stringify(document)) as Schema;
  const components = plain['components'];
  const schemas = isObject(components) && isObject(components['schemas']) ? components['schemas'] : {};
  const added: Schema = {};
  const rewritten = rewrite(plain, schemas, added) as Schema;
  Object.assign(((rewritten['components'] as Schema)['schemas'] ??= {}), added);
  return rewritten as Document;
}

/** `added` takes the schemas that a rewritten one needs beside it. */
function rewrite(value: Json, schemas: Schema, added: Schema): Json {
  if (Array.isArray(value)) return value.map((one) => rewrite(one, schemas, added));
  if (!isObject(value)) return value;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, rewrite(inner, schemas, added)]),
  );
  const schema = anyOf === undefined ? rest : { ...rest, ...toSingle(anyOf, schemas, added) };
  // The format says it all, and the patterns of instants fill lines.
  if (typeof schema['format'] === 'string') delete schema['pattern'];
  return schema;
}

/** Of `X or null` one schema with both types; of other alternatives, which exclude each other, `oneOf`. */
function toSingle(anyOf: Json, schemas: Schema, added: Schema): Schema {
  const [one, other] = Array.isArray(anyOf) ? anyOf : [];
  if (isObject(one) && isObject(other) && other['type'] === 'null' && (anyOf as Json[]).length === 2) {
    if (typeof one['type'] === 'string') return orNull(one);
    const name = typeof one['$ref'] === 'string' ? one['$ref'].replace(SCHEMAS, '') : '';
    const named = schemas[name];
    if (isObject(named) && typeof named['type'] === 'string') {
      added[NULL_OF + name] = orNull(named);
      return { $ref: SCHEMAS + NULL_OF + name };
    }
  }
  return { oneOf: anyOf };
}

const orNull = (schema: Schema): Schema => ({
  ...schema,
  type: [schema['type'] ?? null, 'null'],
  ...(Array.isArray(schema['enum']) ? { enum: [...schema['enum'], null] } : {}),
});
