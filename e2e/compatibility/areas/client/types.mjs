import path from 'node:path';
import { makePartnerFolder, NODE_TYPES } from './partner.mjs';

const OPTIONS = ['--strict', '--target', 'es2022', '--types', 'node', '--skipLibCheck'];

/** The row of one TypeScript: the program and the client's types, as `nodenext` and as a bundler resolve them. */
export async function checkTypes(context, version) {
  const checked =
    '`tsc --strict --skipLibCheck` of a program that uses the client, as `nodenext` and as `bundler` resolve';
  return context.attempt({ name: 'TypeScript', version, checked }, async () => {
    const { folder, tsc } = await installTypeScript(context, version);
    for (const resolution of [
      ['--module', 'nodenext'],
      ['--module', 'esnext', '--moduleResolution', 'bundler'],
    ])
      await context.run(tsc, [...OPTIONS, '--noEmit', ...resolution, 'program.mts'], { cwd: folder });
  });
}

/** The path of the program as JavaScript, for runtimes that do not take TypeScript. */
export async function compileProgram(context) {
  const { folder, tsc } = await installTypeScript(context, '6.0.3');
  await context.run(tsc, [...OPTIONS, '--module', 'nodenext', 'program.mts'], { cwd: folder });
  return path.join(folder, 'program.mjs');
}

async function installTypeScript(context, version) {
  const folder = await makePartnerFolder(context, `typescript-${version}`, 'program.mts');
  const dependencies = {
    '@gangway/client': 'file:./gangway-client.tgz',
    typescript: version,
    '@types/node': NODE_TYPES,
  };
  const { bin } = await context.npm(path.basename(folder), dependencies);
  return { folder, tsc: bin('tsc') };
}
