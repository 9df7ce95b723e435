import { expect, test } from 'vitest';
import { openApiDocument } from '../openapi.js';
import { forGenerators } from './for-generators.js';

const schemaOf = (schema: object, schemas: object = {}) =>
  (
    forGenerators({ components: { schemas: { ...schemas, Under: schema } } }) as {
      components: { schemas: Record<string, unknown> };
    }
  ).components.schemas;

test('what may be null is one schema with both types', () => {
  const anyOf = [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }];
  expect(schemaOf({ description: 'd', anyOf })['Under']).toEqual({
    ...{ description: 'd', type: ['string', 'null'], enum: ['a', 'b', null] },
  });
});

const Code = { $ref: '#/components/schemas/Code' };
const OrNull = { anyOf: [Code, { type: 'null' }] };

test('a named schema that may be null is a named schema of its own beside one that may not', () => {
  const schemas = schemaOf(
    { properties: { x: OrNull, y: Code } },
    { Code: { type: 'object', properties: { z: { anyOf: [{ type: 'integer' }, { type: 'null' }] } } } },
  );
  expect(schemas['Under']).toEqual({
    properties: { x: { $ref: '#/components/schemas/NullableCode' }, y: Code },
  });
  const properties = { z: { type: ['integer', 'null'] } };
  expect(schemas['NullableCode']).toEqual({ type: ['object', 'null'], properties });
  expect(schemas['Code']).toEqual({ type: 'object', properties });
});

test('a named schema that may be null wherever it is used keeps its name', () => {
  const schemas = schemaOf({ properties: { x: OrNull } }, { Code: { type: 'string' } });
  expect(schemas).toEqual({
    Under: { properties: { x: Code } },
    Code: { type: ['string', 'null'] },
  });
});

test('the default of what may be null is in words, and an object is none', () => {
  const anyOf = [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }];
  expect(schemaOf({ default: 'a', anyOf })['Under']).toEqual({
    ...{ description: '`a` if absent', type: ['string', 'null'], enum: ['a', 'b', null] },
  });
  const orNull = [{ type: 'integer' }, { type: 'null' }];
  expect(schemaOf({ default: 24, description: 'Hours', anyOf: orNull })['Under']).toEqual({
    ...{ description: 'Hours. `24` if absent', type: ['integer', 'null'] },
  });
  expect(schemaOf({ type: 'object', default: {} })['Under']).toEqual({ type: 'object' });
  expect(schemaOf({ type: 'string', default: 'a' })['Under']).toEqual({ type: 'string', default: 'a' });
});

test('alternatives are one object with the fields of all, of which the common ones are required', () => {
  const [a, b, c] = [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }];
  const anyOf = [
    { type: 'object', properties: { a, b }, required: ['a', 'b'] },
    { type: 'object', properties: { a, c }, required: ['a', 'c'] },
  ];
  expect(schemaOf({ anyOf })['Under']).toEqual({
    ...{ type: 'object', properties: { a, b, c }, required: ['a'] },
  });
});

test('an integer has the bounds that were asked for only', () => {
  const { MIN_SAFE_INTEGER: minimum, MAX_SAFE_INTEGER: maximum } = Number;
  expect(schemaOf({ type: 'integer', minimum, maximum })['Under']).toEqual({ type: 'integer' });
  expect(schemaOf({ type: 'integer', minimum: 1, maximum: 9 })['Under']).toEqual({
    ...{ type: 'integer', minimum: 1, maximum: 9 },
  });
});

test('a format needs no pattern, and a pattern without one stays', () => {
  expect(schemaOf({ type: 'string', format: 'uuid', pattern: '^x$' })['Under']).toEqual({
    ...{ type: 'string', format: 'uuid' },
  });
  expect(schemaOf({ type: 'string', pattern: '^x$' })['Under']).toEqual({ type: 'string', pattern: '^x$' });
});

test('the document has nothing that generators of clients stop at', () => {
  const text = JSON.stringify(openApiDocument);
  expect(text).not.toContain('"anyOf"');
  expect(text).not.toMatch(/"pattern":"[^"]*","format"|"format":"[^"]*","pattern"/);
  const tagsOf = (paths: object | undefined) =>
    Object.values(paths ?? {}).flatMap((path: Record<string, { tags?: string[] }>) =>
      Object.values(path).flatMap(({ tags }) => tags ?? []),
    );
  const ofCalls = new Set(tagsOf(openApiDocument.paths));
  const ofEvents = new Set(tagsOf(openApiDocument.webhooks));
  expect([...ofEvents].filter((tag) => ofCalls.has(tag))).toEqual([]);
  expect(openApiDocument.tags?.map(({ name }) => name).toSorted()).toEqual(
    [...ofCalls, ...ofEvents].toSorted(),
  );
  const schemas = Object.entries(openApiDocument.components?.schemas ?? {});
  // Generators of Go name constructors New….
  expect(schemas.filter(([name]) => name.startsWith('New'))).toEqual([]);
  // openapi-generator names the constants of a Go enum by their values alone: two named enums with `failed` do not compile.
  expect(schemas.filter(([, schema]) => 'enum' in schema)).toEqual([]);
});

test('what Gangway sends may grow: old clients read an answer with a new field or a new reason code', () => {
  const { schemas = {} } = openApiDocument.components ?? {};
  for (const name of ['Tenant', 'OperationRun', 'OperationRunStep', 'Problem', 'FinishedRun', 'AccessToken'])
    expect(schemas[name]).toSatisfy((schema: object) => !('additionalProperties' in schema));
  expect(schemas['TenantInput']).toMatchObject({ additionalProperties: false });
  expect(schemas['ReasonCode']).toMatchObject({
    type: 'string',
    'x-extensible-enum': expect.arrayContaining(['tenant.duplicate']) as unknown,
  });
});

test('blank text is documented where it is accepted, and nowhere else', () => {
  const schema = openApiDocument.components?.schemas?.['TenantInput'];
  expect(schema).toHaveProperty('properties.failure_policy.enum', ['rollback', 'hold', '', null]);
  expect(schema).toHaveProperty('properties.contract_line.pattern', expect.stringMatching(/^\^\$\|/));
  expect(schema).not.toHaveProperty('properties.industry.minLength');
  expect(schema).toHaveProperty('properties.client_name.minLength', 1);
});
