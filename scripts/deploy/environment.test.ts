import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseAllDocuments, parse } from 'yaml';
import { z } from 'zod';

// What the examples of `deploy/` and `compose.yaml` set is what the server reads.

const read = (file: string) => readFile(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');
const known = new Set([
  'NODE_ENV',
  ...[...(await read('.env.example')).matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name),
]);
const variables = z.record(z.string(), z.string());
const unknownOf = (names: Iterable<string>) => [...names].filter((name) => !known.has(name));

test('of compose.yaml', async () => {
  const file: unknown = parse(await read('compose.yaml'), { merge: true });
  const { services } = z
    .object({
      services: z.record(z.string(), z.looseObject({ environment: variables.optional() })),
    })
    .parse(file);
  for (const name of ['api', 'worker']) {
    const environment = services[name]?.environment ?? {};
    expect(environment).toMatchObject({
      ROLE: name,
      APP_URL: expect.any(String),
      AUTH_KEYS: expect.any(String),
    });
    expect(unknownOf(Object.keys(environment))).toEqual([]);
  }
});

test('of Kubernetes', async () => {
  const documents = parseAllDocuments(await read('deploy/kubernetes/gangway.yaml')).map((document): unknown =>
    document.toJS(),
  );
  const [config] = documents;
  const { data } = z.object({ kind: z.literal('ConfigMap'), data: variables }).parse(config);
  expect(unknownOf(Object.keys(data))).toEqual([]);
});

test('of the command that makes the secret, and of the systemd unit', async () => {
  const page = await read('docs/production.md');
  const named = [...page.matchAll(/--from-(?:literal|file)=([A-Z_]+)/g)].map(([, name = '']) => name);
  expect(named).toEqual(expect.arrayContaining(['DATABASE_URL', 'AUTH_KEYS', 'ENCRYPTION_KEYS', 'MAIL_URL']));
  expect(unknownOf(named)).toEqual([]);
  const unit = await read('deploy/systemd/gangway.service');
  expect(unknownOf([...unit.matchAll(/^Environment=([A-Z_]+)/gm)].map(([, name = '']) => name))).toEqual([]);
});
