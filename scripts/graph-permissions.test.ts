import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TABLE = 'packages/providers/src/microsoft/permission-table.ts';
const run = (root: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(root, 'scripts/graph-permissions.mjs'), ...args]);

/** A copy of what the script reads and writes, so that it can be given another table. */
let copy = '';
beforeEach(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'gangway-permissions-'));
  for (const part of ['scripts', TABLE, '.prettierrc.json', 'package.json'])
    await cp(path.join(ROOT, part), path.join(copy, part), { recursive: true }).catch(() => undefined);
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
});
afterEach(() => rm(copy, { recursive: true, force: true }));

it('the table is what the script writes', async () => {
  await expect(run(ROOT, '--check')).resolves.toMatchObject({ stderr: '' });
  await writeFile(path.join(copy, TABLE), '// Edited by hand\n');
  await expect(run(copy, '--check')).rejects.toMatchObject({ code: 1 });
});

it('takes of a whole file what is about our reads, for applications, and enough by itself', async () => {
  const entry = (...pathSets: [schemes: string[], methods: string[], paths: Record<string, string>][]) => ({
    schemes: { Application: { adminDisplayName: 'Words' } },
    pathSets: pathSets.map(([schemeKeys, methods, paths]) => ({ schemeKeys, methods, paths })),
    ownerInfo: { ownerSecurityGroup: 'somebody' },
  });
  const file = path.join(copy, 'permissions.json');
  const permissions = {
    'Thing.Read.All': entry([['Application'], ['GET'], { '/things': 'least=Application' }]),
    'Domain.Least.All': entry([
      ['Application'],
      ['GET', 'PATCH'],
      { '/Domains': 'least=DelegatedWork,Application' },
    ]),
    'Domain.More.All': entry([['Application'], ['GET'], { '/domains': 'least=DelegatedWork' }]),
    'Domain.Person.All': entry([['DelegatedWork'], ['GET'], { '/domains': 'least=DelegatedWork' }]),
    'Domain.Write.All': entry([['Application'], ['POST'], { '/domains': 'least=Application' }]),
    'Domain.Pair.All': entry([
      ['Application'],
      ['GET'],
      { '/domains': 'least=Application;AlsoRequires=X.Read.All' },
    ]),
    'Role.Read.All': entry([['Application'], ['GET'], { '/directoryRoles/{roleId}/members': '' }]),
  };
  await writeFile(file, JSON.stringify({ $schema: 'https://schema.example', permissions }));
  await run(copy, file, 'abcdef1234', '2033-04-05');
  const table = await readFile(path.join(copy, TABLE), 'utf8');
  expect(table).toContain("'/domains': { least: 1, enough: ['Domain.Least.All', 'Domain.More.All'] }");
  expect(table).toContain("'/directoryRoles/{id}/members': { least: 0, enough: ['Role.Read.All'] }");
  expect(table).toContain("commit: 'abcdef1234'");
  expect(table).toContain("date: '2033-04-05'");
  const kept = await readFile(path.join(copy, 'scripts/graph-permissions/permissions.json'), 'utf8');
  expect(kept).not.toMatch(/Thing|Words|somebody|Domain\.Write/);
  await expect(run(copy, '--check')).resolves.toMatchObject({ stderr: '' });
});

it('does not take a file without saying of when it is', async () => {
  await expect(run(copy, 'permissions.json', 'abcdef1234')).rejects.toMatchObject({ code: 2 });
});
