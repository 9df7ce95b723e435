import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CLIENT_ARCHIVE, packClient } from './pack-client.mjs';
import { ROOT } from './root.mjs';
import { run, say } from './run.mjs';
import { fingerprintContent, fingerprintSources, isStamped, writeStamp } from './stamp.mjs';

const bin = (name) => path.join(ROOT, 'node_modules/.bin', name);
const exists = (file) =>
  stat(path.join(ROOT, file)).then(
    () => true,
    () => false,
  );

/** Generates the Prisma client when the schema has changed. */
export async function generate() {
  const fingerprint = await fingerprintContent([
    'prisma/schema.prisma',
    'prisma.config.ts',
    'packages/db/package.json',
  ]);
  if ((await exists('packages/db/src/generated/client.ts')) && (await isStamped('generate', fingerprint)))
    return;
  say('Generating the database client');
  // Generating needs no schema engine, but without this the CLI downloads one. Any program that exists will do.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const { output } = await run('Generating the database client', bin('prisma'), ['generate', '--no-hints'], {
    env,
    capture: true,
  });
  if (!(await exists('packages/db/src/generated/client.ts')))
    throw new Error(`Prisma generated nothing:\n${output}`);
  await writeStamp('generate', fingerprint);
}

/** Builds what has changed: all packages with tsc, then the web app with Vite. `only` names one package. */
export async function build({ only = '' } = {}) {
  await generate();
  if (only) {
    await run(`Building ${only}`, bin('tsc'), ['-b', only]);
    return;
  }
  const sources = await fingerprintSources([
    'packages',
    'apps',
    'prisma/schema.prisma',
    'tsconfig.base.json',
    'tsconfig.json',
    'pnpm-lock.yaml',
    'scripts/lib/pack-client.mjs',
    'docs/typed-client.md',
    'package.json',
  ]);
  const results = ['apps/server/dist/main.js', CLIENT_ARCHIVE, 'apps/web/dist/index.html'];
  const isBuilt = (await Promise.all(results.map(exists))).every(Boolean);
  if (isBuilt && (await isStamped('build', sources))) return;
  say('Building packages and server');
  await run('Building packages and server', bin('tsc'), ['-b']);
  await packClient();
  say('Building the web app');
  await run('Building the web app', path.join(ROOT, 'apps/web/node_modules/.bin/vite'), [
    'build',
    'apps/web',
    '--logLevel',
    'warn',
  ]);
  await writeStamp('build', sources);
}
