import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { makePartnerFolder } from './partner.mjs';

/** The row of what the client adds to a partner's bundle: everything it exports, with what it depends on. */
export async function measureSize(context, version) {
  const checked =
    'everything the client exports in one minified file for Node, with its dependencies, gzipped';
  return context.attempt({ name: 'Size (esbuild)', version, checked }, async () => {
    const folder = await makePartnerFolder(context, 'size', 'program.mts');
    const dependencies = { '@gangway/client': 'file:./gangway-client.tgz', esbuild: version };
    const { bin } = await context.npm(path.basename(folder), dependencies, { scripts: true });
    const flags = ['--bundle', '--minify', '--format=esm', '--platform=node', '--outfile=bundle.mjs'];
    await context.run(bin('esbuild'), flags, {
      cwd: folder,
      input: "export * from '@gangway/client';",
    });
    const bundle = await readFile(path.join(folder, 'bundle.mjs'));
    return `${(gzipSync(bundle).length / 1_000).toFixed(1)} kB (${(bundle.length / 1_000).toFixed(1)} kB before gzip)`;
  });
}
