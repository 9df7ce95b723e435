// `pnpm dev`: the server restarts when a source of it changes, the web app reloads in the browser (http://localhost:5173).
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { main, say } from './lib/run.mjs';

const STOP_MS = 20_000;
const bin = (name) => path.join(ROOT, 'node_modules/.bin', name);
const children = [];
let isStopping = false;

await main(async () => {
  await ensureInstalled();
  await build();
  say('Watching. The app with live reload: http://localhost:5173 (Ctrl-C ends everything)');
  start('types', bin('tsc'), ['-b', '--watch', '--preserveWatchOutput']);
  const dist = [
    'packages/contract',
    'packages/db',
    'packages/providers',
    'packages/engine',
    'packages/domain',
    'packages/api',
    'apps/server',
  ];
  const watched = dist.map((room) => `--watch-path=${path.join(ROOT, room, 'dist')}`);
  start('server', process.execPath, ['--watch-preserve-output', ...watched, 'apps/server/dist/main.js']);
  start('web', path.join(ROOT, 'apps/web/node_modules/.bin/vite'), ['apps/web', '--clearScreen', 'false']);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop());
});

function start(name, command, args) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  children.push(child);
  child.once('exit', () => {
    child.hasEnded = true;
    if (isStopping) return;
    console.error(`${name} has ended; everything is stopped.`);
    void stop();
  });
}

async function stop() {
  if (isStopping) return;
  isStopping = true;
  const deadline = Date.now() + STOP_MS;
  for (const child of children) end(child, 'SIGINT');
  while (children.some((child) => !child.hasEnded) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const child of children) end(child, 'SIGKILL');
  process.exit(0);
}

function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Its whole group has ended.
  }
}
