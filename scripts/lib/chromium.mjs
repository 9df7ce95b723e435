import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './root.mjs';
import { run, say } from './run.mjs';

const OF_THE_SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium for Playwright: the one that is there, else one that Playwright can download. Null where there is none. */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : null;
  const { chromium } = await import(pathToFileURL(path.join(ROOT, 'node_modules/playwright/index.mjs')).href);
  const candidates = [chromium.executablePath(), ...OF_THE_SYSTEM];
  const found = candidates.find((file) => existsSync(file));
  if (found) return found;
  say('Installing Chromium for the end-to-end tests');
  await run('Installing Chromium', path.join(ROOT, 'node_modules/.bin/playwright'), ['install', 'chromium'], {
    check: false,
  });
  return candidates.find((file) => existsSync(file)) ?? null;
}
