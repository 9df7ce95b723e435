import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGangwayClient, listAll, once } from '@gangway/client/index';
import { provisionTenant } from '@gangway/client/example';
import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEMO_KEY, fetchToken } from './testing/partner-client.js';
import { createProductBed, type ProductBed } from './testing/product-bed.js';

// The typed client against the built server.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const run = promisify(execFile);

let bed: ProductBed;
let url = '';
beforeAll(async () => {
  bed = await createProductBed();
  ({ url } = await bed.start({ DEMO: '1' }));
});
afterAll(() => bed.drop());

test('the example of docs/provisioning.md is the one that runs here', async () => {
  expect(await provisionTenant(url, DEMO_KEY, 'example@example.com')).toMatch(/^[\w-]{16,}$/);
  const root = new URL('../../../', import.meta.url);
  const source = await readFile(new URL('packages/client/src/example.ts', root), 'utf8');
  expect(await readFile(new URL('docs/provisioning.md', root), 'utf8')).toContain(
    source.replace('./index.js', '@gangway/client'),
  );
});

test('the package that the server hands out works and is typed without this repository', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gangway-outside-'));
  try {
    const installed = path.join(folder, 'node_modules/@gangway/client');
    await mkdir(installed, { recursive: true });
    const answer = await fetch(`${url}/api/gangway-client.tgz`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/gzip']);
    const archive = path.join(folder, 'gangway-client.tgz');
    await writeFile(archive, Buffer.from(await answer.arrayBuffer()));
    await run('tar', ['-xzf', archive, '-C', installed, '--strip-components=1']);
    const { dependencies } = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const ours = fileURLToPath(new URL('../../../packages/client/node_modules/', import.meta.url));
    await mkdir(path.join(folder, 'node_modules/@trpc'));
    for (const name of Object.keys(dependencies))
      await symlink(path.join(ours, name), path.join(folder, 'node_modules', name));
    const example = await readFile(
      new URL('../../../packages/client/src/example.ts', import.meta.url),
      'utf8',
    );
    const more = `
const [url = '', key = ''] = process.argv.slice(2);
console.log(await provisionTenant(url, key, 'outside@example.com'));
// @ts-expect-error A number is no name.
void (() => createGangwayClient({ url, credential: key }).provisioning.tenants.create.mutate({ client_name: 1, email: '' }));
// @ts-expect-error What the browser calls is none of a partner's.
void (() => createGangwayClient({ url, credential: key }).workspaces);
`;
    await writeFile(
      path.join(folder, 'example.ts'),
      `declare const process: { argv: string[] }, console: { log(text: unknown): void };\n${example.replace('./index.js', '@gangway/client')}${more}`,
    );
    await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
    const options = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
    const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));
    const checked = await run(tsc, [...options, '--ignoreConfig', 'example.ts'], { cwd: folder }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(checked.stdout).toBe('');
    const told = await run(process.execPath, ['example.js', url, DEMO_KEY], { cwd: folder });
    expect(told.stdout).toMatch(/^[\w-]{16,}\n$/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('of the package there is the whole or nothing, and no fault of ours', async () => {
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(`${url}/api/gangway-client.tgz`, { headers });
    await answer.arrayBuffer();
    return answer.status;
  };
  expect(await ask({ range: 'bytes=99999999-' })).toBe(200);
  expect(await ask({ 'if-match': '"other"' })).toBe(412);
  expect(await ask({ 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' })).toBe(412);
});

test('an access token is asked for before each request, and a refusal says why', async () => {
  let asked = 0;
  const gangway = createGangwayClient({
    url: `${url}/`,
    credential: () => {
      asked += 1;
      return fetchToken(url, 'demo-integration');
    },
  });
  expect((await gangway.provisioning.tenants.list.query({})).items).toBeInstanceOf(Array);
  const refused: unknown = await gangway.provisioning.tenants.create
    .mutate({ client_name: 'No', email: 'no@example.com' })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TRPCClientError);
  expect(refused).toMatchObject({ data: { httpStatus: 403, reasonCode: 'partner.permission_missing' } });
  expect(asked).toBe(2);
});

test('a call with a key is one call however often it is sent, beside others', async () => {
  const { tenants } = createGangwayClient({ url, credential: DEMO_KEY }).provisioning;
  const input = { client_name: 'Once', email: 'client-once@example.com' };
  // The later one is refused while the other is under way.
  const insist = () =>
    vi.waitFor(() => tenants.create.mutate(input, once('client')), { timeout: 10_000, interval: 100 });
  const [first, again, elsewhere, refused] = await Promise.all([
    insist(),
    insist(),
    tenants.create.mutate({ ...input, email: 'client-elsewhere@example.com' }, once('client-elsewhere')),
    tenants.create.mutate({ ...input, email: 'demo' }).catch((error: unknown) => error),
  ]);
  expect(again).toEqual(first);
  expect(elsewhere.tenant).not.toBe(first.tenant);
  expect(refused).toMatchObject({ data: { httpStatus: 400, fieldErrors: [{ field: 'email' }] } });
  const duplicate: unknown = await tenants.create.mutate(input).catch((error: unknown) => error);
  expect(duplicate).toMatchObject({ data: { httpStatus: 409, existingId: first.tenant } });
  const rows = [{ ...input, email: 'client-bulk@example.com' }, input];
  expect(await tenants.bulk.mutate(rows)).toMatchObject({
    ...{ accepted: 1, refused: 1 },
    items: [{ reason_code: null }, { reason_code: 'tenant.duplicate', tenant: first.tenant }],
  });
});

test('the events of a run are told to who may see it, and to nobody else', async () => {
  const { tenants } = createGangwayClient({ url, credential: DEMO_KEY }).provisioning;
  const { operation_run_id } = await tenants.create.mutate({
    client_name: 'Told',
    email: 'told@example.com',
  });
  const follow = (credential: string) =>
    new Promise<string[]>((resolve, reject) => {
      const kinds: string[] = [];
      createGangwayClient({ url, credential }).provisioning.operationRuns.events.subscribe(
        { operation_run_id: operation_run_id ?? '' },
        {
          onData: ({ data }) => void kinds.push(data.kind),
          onComplete: () => resolve(kinds),
          onError: reject,
        },
      );
    });
  const kinds = await follow(DEMO_KEY);
  expect([kinds[0], kinds.at(-1)]).toEqual(['run.queued', 'run.finished']);
  await expect(follow(await fetchToken(url, 'other-partner'))).rejects.toMatchObject({
    data: { httpStatus: 404, reasonCode: 'resource.not_found' },
  });
});

test('a list is read to its end, page after page', async () => {
  const { tenants } = createGangwayClient({ url, apiKey: DEMO_KEY }).provisioning;
  const emails = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@list-all.example`);
  for (const email of emails) await tenants.create.mutate({ client_name: 'Listed', email });
  const listed: string[] = [];
  for await (const { email } of listAll(tenants.list, { q: '@list-all.example', limit: 2 }))
    listed.push(email);
  expect(listed).toEqual(emails.toReversed());
});
