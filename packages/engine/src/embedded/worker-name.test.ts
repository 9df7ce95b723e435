import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { hasEnded, nameWorker } from './worker-name.js';

it('knows which neighbours have ended, and nothing of workers elsewhere', async () => {
  const own = nameWorker();
  const [machine = '', pid = ''] = own.split('-');
  expect(pid).toBe(String(process.pid));
  expect(hasEnded(own)).toBe(false);
  const child = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  const neighbour = `${machine}-${child.pid}-x`;
  expect(hasEnded(neighbour)).toBe(false);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  // Linux alone says which processes can see each other.
  expect(hasEnded(neighbour)).toBe(machine !== 'somewhere');
  expect(hasEnded(`elsewhere-${child.pid}-x`)).toBe(false);
  expect(hasEnded('worker')).toBe(false);
});
