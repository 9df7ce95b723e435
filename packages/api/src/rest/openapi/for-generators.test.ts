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

test('a named schema that may be null is a named schema of its own', () => {
  const schemas = schemaOf(
    { properties: { x: { anyOf: [{ $ref: '#/components/schemas/Code' }, { type: 'null' }] } } },
    { Code: { type: 'string', enum: ['a'] } },
  );
  expect(schemas['Under']).toEqual({ properties: { x: { $ref: '#/components/schemas/NullableCode' } } });
  expect(schemas['NullableCode']).toEqual({ type: ['string', 'null'], enum: ['a', null] });
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
  // Generators of Go name constructors New….
  expect(
    Object.keys(openApiDocument.components?.schemas ?? {}).filter((name) => name.startsWith('New')),
  ).toEqual([]);
});
