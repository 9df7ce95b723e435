import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Starts a script and waits for `pattern` in what it prints; `stop` ends it by `signal`. */
async function start(script, env, pattern) {
  const child = spawn(process.execPath, [script], {
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
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', resolve);
      child.kill('SIGINT');
    });
  return { match, stop, pid: child.pid };
}

/** The built product on a data directory of its own. */
export async function startGangway(env = {}) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-bench-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const settings = { PORT: String(port), DATA_DIR: dataDir, DEMO: '1', LOG_LEVEL: 'error', ...env };
  const server = await start(path.join(ROOT, 'apps/server/dist/main.js'), settings, /ready at (\S+)/);
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    pid: server.pid,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
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
