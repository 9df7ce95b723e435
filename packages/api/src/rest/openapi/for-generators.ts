/**
 * Rewrites what zod-openapi writes into what the generators of clients read: openapi-generator 7 fails at import on a pattern
 * beside a format, its Python client on a single property with `anyOf`, and its Go client does not compile with an object as
 * a default; oapi-codegen and ogen (Go) stop at `anyOf`. The meaning stays.
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
  return withoutPrefix(rewritten, Object.keys(added)) as Document;
}

/** A schema that is used with null only has its name to itself. */
function withoutPrefix(document: Schema, nullable: readonly string[]): Schema {
  let text = JSON.stringify(document);
  for (const name of nullable) {
    const plain = name.slice(NULL_OF.length);
    if (text.includes(`"${SCHEMAS}${plain}"`)) continue;
    const { components } = JSON.parse(text) as { components: { schemas: Schema } };
    const { [plain]: _unused, ...schemas } = components.schemas;
    text = JSON.stringify({ ...(JSON.parse(text) as Schema), components: { ...components, schemas } })
      .replaceAll(`"${SCHEMAS}${name}"`, `"${SCHEMAS}${plain}"`)
      .replace(`"${name}":{`, `"${plain}":{`);
  }
  return JSON.parse(text) as Schema;
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
  if (isObject(schema['default'])) delete schema['default'];
  if (Array.isArray(schema['type'])) describeDefault(schema);
  // What zod says of every integer: that JavaScript can count so far.
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  return schema;
}

/** Of `X or null` one schema with both types; of other alternatives, which exclude each other, one object or `oneOf`. */
function toSingle(anyOf: Json, schemas: Schema, added: Schema): Schema {
  const [one, other] = Array.isArray(anyOf) ? anyOf : [];
  if (isObject(one) && isObject(other) && other['type'] === 'null' && (anyOf as Json[]).length === 2) {
    if (typeof one['type'] === 'string') return orNull(one);
    const name = typeof one['$ref'] === 'string' ? one['$ref'].replace(SCHEMAS, '') : '';
    const named = schemas[name];
    if (isObject(named) && typeof named['type'] === 'string') {
      added[NULL_OF + name] ??= orNull(rewrite(named, schemas, added) as Schema);
      return { $ref: SCHEMAS + NULL_OF + name };
    }
  }
  return isArrayOfObjects(anyOf) ? toOneObject(anyOf) : { oneOf: anyOf };
}

type ObjectSchema = { [key: string]: Json; properties: Schema };
const isArrayOfObjects = (anyOf: Json): anyOf is ObjectSchema[] =>
  Array.isArray(anyOf) && anyOf.every((one) => isObject(one) && isObject(one['properties']));

/**
 * With the fields of all, of which those in every alternative are required. Without a discriminator the Java client of
 * openapi-generator takes every alternative for a match, since it ignores unknown and missing fields, and fails.
 */
function toOneObject(alternatives: readonly ObjectSchema[]): Schema {
  const required = alternatives.map((one) => (Array.isArray(one['required']) ? one['required'] : []));
  const [first = [], ...others] = required;
  const common = first.filter((name) => others.every((names) => names.includes(name)));
  return {
    type: 'object',
    properties: Object.assign({}, ...alternatives.map(({ properties }) => properties)) as Schema,
    ...(common.length > 0 ? { required: common } : {}),
  };
}

/**
 * Only in words, for a field that may be null: the Go client of openapi-generator does not compile with a default beside such an
 * enum, and openapi-typescript makes a field with a default one that has to be sent.
 */
function describeDefault(schema: Schema): void {
  const { default: fallback, description } = schema;
  if (fallback === undefined) return;
  delete schema['default'];
  const words = `\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\` if absent`;
  schema['description'] = typeof description === 'string' ? `${description}. ${words}` : words;
}

const orNull = (schema: Schema): Schema => ({
  ...schema,
  type: [schema['type'] ?? null, 'null'],
  ...(Array.isArray(schema['enum']) ? { enum: [...schema['enum'], null] } : {}),
});
