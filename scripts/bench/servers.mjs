import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../lib/root.mjs';

/**
 * Starts a script and waits for `pattern` in what it prints; `stop` ends it by SIGINT, `kill` at once. `told` gives
 * everything it printed so far.
 */
export async function start(script, env, pattern, args = []) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  const match = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}\n${printed}`)));
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const found = pattern.exec(printed);
      if (found) resolve(found);
    });
  });
  const end = (signal) =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', resolve);
      child.kill(signal);
    });
  return {
    match,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    pid: child.pid,
    told: () => printed,
  };
}

/** A directory below the system's for temporary files; `remove` deletes it. */
export async function makeFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gangway-bench-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

// The measures drive one user and one partner from one address as fast as they can.
const NO_LIMITS = {
  LIMIT_CALLS_PER_ADDRESS: '999999999',
  LIMIT_CALLS_PER_USER: '999999999',
  LIMIT_CALLS_PER_PARTNER: '999999999',
  LIMIT_STREAMS_PER_USER: '5000',
  LIMIT_STREAMS_PER_PARTNER: '5000',
};

/**
 * The built product, on a data directory of its own unless one is given, which then stays; `root` is the folder of another
 * build than this one.
 */
export async function startGangway(env = {}, givenDir = null, root = ROOT) {
  const own = givenDir === null ? await makeFolder() : null;
  const dataDir = givenDir ?? own.folder;
  const settings = { PORT: '0', DATA_DIR: dataDir, DEMO: '1', LOG_LEVEL: 'error', ...NO_LIMITS, ...env };
  const main = path.join(root, 'apps/server/dist/main.js');
  const server = await start(main, settings, /ready at \S+:(\d+)/).catch(async (error) => {
    await own?.remove();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${server.match[1]}`,
    dataDir,
    pid: server.pid,
    told: server.told,
    /** PostgreSQL goes on, as after a crash of the process. */
    kill: server.kill,
    async stop() {
      await server.stop();
      await own?.remove();
    },
  };
}

/** Express and tRPC with nothing behind them. */
export async function startHello() {
  const server = await start(path.join(ROOT, 'scripts/bench/hello-server.mjs'), {}, /port (\d+)/);
  return { url: `http://127.0.0.1:${server.match[1]}`, stop: server.stop };
}

/** Signs in and gives the cookie. */
export async function signIn(url, email = 'owner@acme.example') {
  const response = await fetch(`${url}/trpc/auth.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'gangway-demo-2026' }),
  });
  return response.headers.getSetCookie()[0].split(';')[0];
}
