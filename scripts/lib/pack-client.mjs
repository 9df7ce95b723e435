// The typed client as a package that needs nothing of this repository. Its code stands alone already; its types are those of
// the API, and are gathered here.
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
    const { name, version, type, dependencies } = JSON.parse(
      await readFile(path.join(CLIENT, 'package.json'), 'utf8'),
    );
    const outside = Object.fromEntries(
      Object.entries(dependencies).filter(([dependency]) => !dependency.startsWith('@gangway/')),
    );
    const manifest = {
      ...{ name, version, type, description: 'The typed client of a Gangway server, for partners.' },
      license: 'UNLICENSED',
      exports: { '.': { types: './index.d.ts', default: './index.js' } },
      dependencies: outside,
    };
    await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await cp(path.join(CLIENT, 'README.md'), path.join(folder, 'README.md'));
    const code = await readFile(path.join(CLIENT, 'dist/create-client.js'), 'utf8');
    await writeFile(path.join(folder, 'index.js'), code.replace(/^\/\/# sourceMappingURL=.*$/m, ''));
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

async function writeTypes(outside, file) {
  const [{ rollup }, { dts }] = await Promise.all([import('rollup'), import('rollup-plugin-dts')]);
  const bundle = await rollup({
    input: path.join(CLIENT, 'dist/create-client.d.ts'),
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [serverSide, dts({ respectExternal: true, tsconfig: path.join(CLIENT, 'tsconfig.json') })],
    onwarn: ({ message }) => {
      throw new Error(`The types of the client cannot stand alone: ${message}`);
    },
  });
  await bundle.write({ file });
  await bundle.close();
}

/** What procedures are given inside the server is no business of a client, and would bring all of it along. */
const serverSide = {
  name: 'server-side',
  resolveId: (id) => (id.endsWith('/context.js') ? '\0context.d.ts' : null),
  load: (id) => (id === '\0context.d.ts' ? 'export type ApiContext = object;' : null),
};
