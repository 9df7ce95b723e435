import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { ROOT } from '../../../scripts/lib/root.mjs';

const MAIN = path.join(ROOT, 'apps/server/dist/main.js');
const READY_MS = 120_000;
/** What the demo data hold (docs/sandbox.md, docs/provisioning.md): all permissions of the Demo Partner. */
const DEMO_CREDENTIALS = {
  apiKey: 'gwk_demo_partner_admin',
  clientId: 'demo-partner',
  clientSecret: 'demo-partner-secret',
  user: { email: 'owner@acme.example', password: 'gangway-demo-2026' },
};
/** A value of whoever runs the checks must not reach the server that they start. */
const OWN_VARIABLES = [
  ...[
    'APP_URL',
    'DATABASE_URL',
    'MIGRATION_DATABASE_URL',
    'TEMPORAL_ADDRESS',
    'AUTH_KEYS',
    'ENCRYPTION_KEYS',
  ],
  ...['MAIL_URL', 'MAIL_FROM', 'TRUSTED_ISSUERS', 'TRUST_PROXY', 'ALLOWED_HOSTS', 'ROLE', 'NODE_ENV', 'HOST'],
];

/**
 * Starts the built server on a free port with its data in `dataDir`, demo data and sandbox on; `env` adds variables and
 * replaces them. Gives {url, port, pid, dataDir, output(), stop()} and the demo credentials: {apiKey, clientId,
 * clientSecret, user: {email, password}}. `command`, `args` and `cwd` start it in another way.
 * @throws Error with what it printed, if it ends or is not ready within `readyMs`, two minutes by default
 */
export async function startServer(dataDir, options = {}) {
  const { env = {}, command = process.execPath, args = [MAIN], cwd, readyMs = READY_MS } = options;
  const port = await findFreePort();
  const cleared = Object.fromEntries(OWN_VARIABLES.map((name) => [name, '']));
  const settings = { PORT: String(port), DATA_DIR: dataDir, DEMO: '1', SANDBOX: '1', LOG_LEVEL: 'info' };
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...cleared, ...settings, APP_URL: `http://localhost:${port}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ready = new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`The server ${why}\n${printed.slice(-4_000)}`));
    const timer = setTimeout(() => fail('was not ready in time'), readyMs);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        printed += text;
        if (!printed.includes('Gangway is ready at')) return;
        clearTimeout(timer);
        resolve();
      });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
  const stop = () => end(child);
  await ready.catch(async (error) => {
    await stop();
    throw error;
  });
  const url = `http://localhost:${port}`;
  return { url, port, pid: child.pid, dataDir, output: () => printed, stop, ...DEMO_CREDENTIALS };
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  await exit;
}

/** A port of 127.0.0.1 that nothing listens on at this moment. */
export async function findFreePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
