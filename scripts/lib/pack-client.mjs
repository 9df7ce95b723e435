// The typed client as a package that needs nothing of this repository: its code in one file, and its types, which are those of
// the API, in another.
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './root.mjs';
import { run } from './run.mjs';

const CLIENT = path.join(ROOT, 'packages/client');
/** What the server hands out under this name. */
export const CLIENT_ARCHIVE = 'packages/client/dist/gangway-client.tgz';

/** Writes {@link CLIENT_ARCHIVE} from what tsc built. */
export async function packClient() {
  const folder = await mkdtemp(path.join(CLIENT, 'dist/package-'));
  try {
    const { name, type, dependencies } = await readManifest(CLIENT);
    // The client is released with the server that hands it out.
    const { version, license } = await readManifest(ROOT);
    const outside = Object.fromEntries(
      Object.entries(dependencies).filter(([dependency]) => !dependency.startsWith('@gangway/')),
    );
    const manifest = {
      ...{ name, version, type, description: 'The typed client of a Gangway server, for partners.' },
      license,
      exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
      sideEffects: false,
      engines: { node: '>=20.3' },
      dependencies: outside,
    };
    await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await cp(path.join(ROOT, 'docs/typed-client.md'), path.join(folder, 'README.md'));
    await writeCode(Object.keys(outside), path.join(folder, 'index.js'));
    await writeTypes(Object.keys(outside), path.join(folder, 'index.d.ts'));
    await run(
      'Packing the client',
      'npm',
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, folder],
      { capture: true },
    );
    // As npm names it.
    const archive = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
    await rename(path.join(folder, archive), path.join(ROOT, CLIENT_ARCHIVE));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readManifest(folder) {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
}

async function writeCode(outside, file) {
  await bundle('dist/index.js', outside, [], file);
}

async function writeTypes(outside, file) {
  const { dts } = await import('rollup-plugin-dts');
  const types = dts({ respectExternal: true, tsconfig: path.join(CLIENT, 'tsconfig.json') });
  await bundle('dist/index.d.ts', outside, [serverSide, types], file);
}

/** Gathers what an entry of the client imports into one file, but for the packages that are installed beside it. */
async function bundle(entry, outside, plugins, file) {
  const { rollup } = await import('rollup');
  const result = await rollup({
    input: path.join(CLIENT, entry),
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins,
    onwarn: ({ message }) => {
      throw new Error(`The client cannot stand alone (${entry}): ${message}`);
    },
  });
  await result.write({ file });
  await result.close();
}

/** What procedures are given inside the server is no business of a client, and would bring all of it along. */
const serverSide = {
  name: 'server-side',
  resolveId: (id) => (id.endsWith('/context.js') ? '\0context.d.ts' : null),
  load: (id) => (id === '\0context.d.ts' ? 'export type ApiContext = object;' : null),
};
