import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { installNode } from '../../lib/node-versions.mjs';
import { makePartnerFolder, NODE_TYPES, runProgram } from './partner.mjs';

const DID = 'a tenant created, its run waited for and watched, a list, a duplicate, a webhook';
const INSTALL = ['install', '--no-audit', '--no-fund', './gangway-client.tgz'];

/** The row of one Node, which runs the program as JavaScript (`script`) after its npm installed the client. */
export async function runInNode(context, version, script) {
  return context.attempt({ name: 'Node', version, checked: `npm install; ${DID}` }, async () => {
    const { node, env } = await installNode(context, version);
    const folder = await makePartnerFolder(context, `node-${version}`, 'program.mts');
    await context.run('npm', INSTALL, { cwd: folder, env });
    await copyFile(script, path.join(folder, 'program.mjs'));
    await runProgram(context, folder, node, ['program.mjs'], env);
  });
}

/** The row of Bun, which installs the client and runs the program as it is. */
export async function runInBun(context, version) {
  return context.attempt({ name: 'Bun', version, checked: `bun add; ${DID}` }, async () => {
    const { bin } = await context.npm('bun', { bun: version }, { scripts: true });
    const folder = await makePartnerFolder(context, `bun-${version}`, 'program.mts');
    await context.run(bin('bun'), ['add', './gangway-client.tgz'], { cwd: folder });
    await runProgram(context, folder, bin('bun'), ['run', 'program.mts']);
  });
}

/** The row of Deno, which runs the program as it is with what npm installed. */
export async function runInDeno(context, version) {
  return context.attempt(
    { name: 'Deno', version, checked: `npm install, deno run --check; ${DID}` },
    async () => {
      const { bin } = await context.npm('deno', { deno: version }, { scripts: true });
      const folder = await makePartnerFolder(context, `deno-${version}`, 'program.mts');
      await context.run('npm', [...INSTALL, `@types/node@${NODE_TYPES}`], { cwd: folder });
      await runProgram(context, folder, bin('deno'), [
        'run',
        '--check',
        '--allow-net',
        '--allow-env',
        'program.mts',
      ]);
    },
  );
}
