// Each version of Node that is supported, and the newest: `npm start` in a fresh clone of the committed state, which installs,
// builds, migrates and starts.
import { ROOT } from '../../../../scripts/lib/root.mjs';
import { createTenant, signIn } from '../../lib/first-calls.mjs';
import { installNode, NODE_VERSIONS } from '../../lib/node-versions.mjs';

/** Installing and building on a busy machine. */
const READY_MS = 20 * 60_000;
const CHECKED =
  '`npm start` in a fresh clone: install, build, migrate, start; sign in, create a tenant over HTTP';

export async function* check(context) {
  for (const version of NODE_VERSIONS)
    if (context.wants('Node', version))
      yield await context.attempt({ name: 'Node', version, checked: CHECKED }, () =>
        startFreshClone(context, version),
      );
}

async function startFreshClone(context, version) {
  const { env } = await installNode(context, version);
  const folder = await context.newFolder(`clone-${version}`);
  await context.run('git', ['clone', '--quiet', '--depth', '1', `file://${ROOT}`, folder]);
  const server = await context.startServer({
    command: 'npm',
    args: ['start'],
    cwd: folder,
    env,
    readyMs: READY_MS,
  });
  await signIn(server);
  await createTenant(server);
  await server.stop();
}
