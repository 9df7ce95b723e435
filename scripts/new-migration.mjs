// Writes prisma/migrations/<timestamp>_<name>/migration.sql: the difference between the schema as it was at the last
// migration (prisma/migrations/migrated.prisma) and prisma/schema.prisma. Usage: pnpm migration:new <name>
// What Prisma cannot say (CHECKs) is appended by hand, to the migration and to prisma/hand-written.sql.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { ROOT } from './lib/root.mjs';

const name = (process.argv[2] ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '_');
if (!name) {
  console.error('Say what the migration does: pnpm migration:new add_phone_number');
  process.exit(1);
}
await build({ only: 'packages/db' });
const { startEmbeddedPostgres } = await import('../packages/db/dist/embedded-postgres.js');
const { diffSchemas } = await import('../packages/db/dist/schema-engine.js');

const migrations = path.join(ROOT, 'prisma/migrations');
const migratedFile = path.join(migrations, 'migrated.prisma');
const content = await readFile(path.join(ROOT, 'prisma/schema.prisma'), 'utf8');
const migrated = await readFile(migratedFile, 'utf8').catch(() => null);
const source = (text) => ({ path: 'schema.prisma', content: text });
const sql = await withScratchPostgres((url) =>
  diffSchemas(url, migrated && source(migrated), source(content)),
);
if (sql.includes('This is an empty migration')) {
  console.log('The schema has not changed since the last migration.');
  process.exit(0);
}

const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const dir = path.join(migrations, `${timestamp}_${name}`);
await mkdir(dir, { recursive: true });
await writeFile(path.join(dir, 'migration.sql'), sql);
await writeFile(migratedFile, content);
console.log(`Written: ${path.relative(ROOT, dir)}/migration.sql. Read it before you commit it.`);

// The engine wants a server to talk to, if only to know its dialect.
async function withScratchPostgres(use) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-migration-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    return await use(postgres.ownerUrl);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
