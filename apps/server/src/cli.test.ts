import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { loadConfig } from './config/load-config.js';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const run = promisify(execFile);

it('makes keys that a server takes in production', async () => {
  const { stdout } = await run(process.execPath, [CLI, 'keys']);
  const address = { NODE_ENV: 'production', APP_URL: 'https://gangway.example' };
  const config = await loadConfig({ ...parseEnv(stdout), ...address });
  expect(config.isProduction).toBe(true);
});

it('says in one line what is wrong with the environment', async () => {
  const failed = await run(process.execPath, [CLI, 'check-config'], { env: { PORT: 'x', PATH: '' } }).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({ code: 1, stderr: 'PORT must be a whole number from 0 to 65535\n' });
});
