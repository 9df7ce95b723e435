// Writes packages/providers/src/microsoft/permission-table.ts: which application permissions are enough for each read of
// ours, from Microsoft Graph's own table (microsoftgraph/microsoft-graph-devx-content, permissions/new/permissions.json).
//
//   node scripts/graph-permissions.mjs PATH/permissions.json COMMIT DATE [PATH/permissions-descriptions.json]
//
// takes the whole file of that repository, keeps what our reads need in scripts/graph-permissions/, and writes the table.
// Without arguments it writes the table from what was kept; with --check it only says whether the table is current.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { cutPermissions, cutRoles, toTable } from './lib/graph-permissions.mjs';
import { ROOT } from './lib/root.mjs';

const TABLE = path.join(ROOT, 'packages/providers/src/microsoft/permission-table.ts');
const kept = (name) => path.join(ROOT, 'scripts/graph-permissions', name);
const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'));
const writeJson = async (file, value) =>
  writeFile(file, await format(JSON.stringify(value), { ...(await resolveConfig(file)), filepath: file }));

const args = process.argv.slice(2).filter((arg) => arg !== '--check');
const [permissionsFile, commit, date, descriptionsFile] = args;
if (permissionsFile !== undefined) {
  if (!/^[0-9a-f]{7,40}$/.test(commit ?? '') || !/^\d{4}-\d{2}-\d{2}$/.test(date ?? '')) {
    console.error('Usage: graph-permissions.mjs PERMISSIONS_JSON COMMIT YYYY-MM-DD [DESCRIPTIONS_JSON]');
    process.exit(2);
  }
  const permissions = cutPermissions(await readJson(permissionsFile));
  const roles = await readJson(descriptionsFile ?? kept('permissions-descriptions.json'));
  await writeJson(kept('permissions.json'), permissions);
  await writeJson(kept('permissions-descriptions.json'), cutRoles(roles, permissions));
  await writeJson(kept('source.json'), { ...(await readJson(kept('source.json'))), commit, date });
}

const table = toTable({
  permissions: await readJson(kept('permissions.json')),
  roles: await readJson(kept('permissions-descriptions.json')),
  source: await readJson(kept('source.json')),
});
const text = await format(table, { ...(await resolveConfig(TABLE)), filepath: TABLE });
if (!process.argv.includes('--check')) {
  await writeFile(TABLE, text);
} else if (text !== (await readFile(TABLE, 'utf8'))) {
  console.error('The permission table is not what scripts/graph-permissions.mjs writes. Run it.');
  process.exit(1);
}
