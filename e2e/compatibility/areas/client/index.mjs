// The typed client as partners install it: the archive of a running server in an empty folder, with each runtime and each
// TypeScript.
import { NODE_VERSIONS } from '../../lib/node-versions.mjs';
import { runInBun, runInDeno, runInNode } from './runtimes.mjs';
import { measureSize } from './size.mjs';
import { checkTypes, compileProgram } from './types.mjs';

const TYPESCRIPT_VERSIONS = ['5.9.3', '6.0.3', '7.0.2'];

export async function* check(context) {
  for (const version of TYPESCRIPT_VERSIONS)
    if (context.wants('TypeScript', version)) yield await checkTypes(context, version);
  if (context.wants('Size (esbuild)')) yield await measureSize(context, '0.28.2');
  const script = await compileProgram(context);
  for (const version of NODE_VERSIONS)
    if (context.wants('Node', version)) yield await runInNode(context, version, script);
  if (context.wants('Bun')) yield await runInBun(context, '1.4.5');
  if (context.wants('Deno')) yield await runInDeno(context, '2.9.6');
}
