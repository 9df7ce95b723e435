import { randomBytes } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 120_000;

/**
 * Starts the command of an image as its user, on a PostgreSQL, asks what an orchestrator asks, and ends it with SIGTERM.
 * Returns one line for each thing that holds. @throws at the first that does not
 */
export async function tryServer(image, databaseUrl) {
  const held = [];
  const hold = (what, isTrue) => {
    if (!isTrue) throw new Error(`Not so: ${what}`);
    held.push(what);
  };
  const [uid, gid] = image.user.split(':').map(Number);
  hold('the user of the image is a number, and not root', uid > 0 && gid > 0);
  const cwd = path.join(image.root, image.workdir);
  const [program, ...args] = image.command;
  const inImage = { cwd, uid, gid, env: { PATH: process.env.PATH, ...image.env, HOST: '127.0.0.1' } };

  const bare = spawnSync(program, args, { ...inImage, encoding: 'utf8' });
  hold('without configuration it ends with 1', bare.status === 1);
  hold('and names what is missing', /AUTH_KEYS must be set/.test(bare.stderr));
  const keys = spawnSync(program, ['apps/server/dist/cli.js', 'keys'], { ...inImage, encoding: 'utf8' });
  hold('its command line makes keys', keys.status === 0);
  const port = await findFreePort();
  const env = {
    ...inImage.env,
    ...toVariables(keys.stdout),
    ...{
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      METRICS_TOKEN: randomBytes(16).toString('hex'),
    },
  };
  const embedded = spawnSync(program, args, { ...inImage, env, encoding: 'utf8' });
  hold('without DATABASE_URL it says so', embedded.status === 1 && /set DATABASE_URL/.test(embedded.stderr));

  const server = spawn(program, args, {
    ...inImage,
    env: { ...env, DATABASE_URL: databaseUrl },
    stdio: 'pipe',
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(server, 'exit');
  try {
    const checkHealth = () =>
      spawnSync(image.healthcheck[0], image.healthcheck.slice(1), { ...inImage, env }).status;
    hold('its health check fails before it listens', checkHealth() === 1);
    for (const until = Date.now() + START_MS; !output.includes('Gangway is ready'); await sleep(100))
      if (server.exitCode !== null || Date.now() > until) throw new Error(`It did not start:\n${output}`);
    hold('its health check passes once it is ready', checkHealth() === 0);
    const url = `http://127.0.0.1:${port}`;
    hold('/readyz is 200', (await fetch(`${url}/readyz`)).status === 200);
    hold('it serves the app', /<div id="/.test(await (await fetch(url)).text()));
    hold('and the typed client', (await fetch(`${url}/api/gangway-client.tgz`)).status === 200);
    server.kill('SIGTERM');
    const [code] = await Promise.race([ended, sleep(30_000, ['it is still there'])]);
    hold('SIGTERM ends it with 0', code === 0);
  } catch (error) {
    throw new Error(`${error.message}\n${output}`, { cause: error });
  } finally {
    server.kill('SIGKILL');
  }
  return held;
}

function toVariables(lines) {
  const pairs = [...lines.matchAll(/^(\w+)='?(.*?)'?$/gm)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]));
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
