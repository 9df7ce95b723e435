import { defineConfig } from 'prisma/config';

// For Prisma's own command line. Gangway itself migrates at start, see packages/db/src/migrate.ts.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://gangway@127.0.0.1:5432/gangway' },
});
