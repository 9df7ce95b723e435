import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { findChromium } from '../lib/chromium.mjs';
import { ROOT } from '../lib/root.mjs';
import { makeFolder, signIn, startGangway } from './servers.mjs';

const WEB = path.join(ROOT, 'apps/web');
const require = createRequire(path.join(WEB, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

/**
 * P10: the JavaScript that a Chromium without a cache loads until the wizard's first step stands there, against a React
 * that says hello, built by the same Vite; both gzipped here at level 9, whatever the server sends.
 */
export default async function measureFirstLoad() {
  const ours = await loadWizard();
  const theirs = await buildHello();
  return {
    id: 'P10',
    measure: `first load of the wizard, kB of gzipped JS in ${ours.files} files / React hello`,
    ours: (ours.bytes / 1000).toFixed(1),
    theirs: (theirs / 1000).toFixed(1),
    ratio: ours.bytes / theirs,
    pass: '≤ 2.2',
  };
}

async function loadWizard() {
  const { chromium } = await import('playwright');
  const gangway = await startGangway();
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ baseURL: gangway.url });
    const [, name, value] = /^([^=]+)=(.*)$/.exec(await signIn(gangway.url));
    await context.addCookies([{ name, value, url: gangway.url }]);
    const page = await context.newPage();
    const scripts = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.goto('/w/acme/onboarding/new', { waitUntil: 'networkidle' });
    await page.getByRole('textbox').first().waitFor();
    const sizes = (await Promise.all(scripts)).map(gzippedSize);
    return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  } finally {
    await browser.close();
    await gangway.stop();
  }
}

async function buildHello() {
  const { build } = await load('vite');
  const { folder, remove } = await makeFolder();
  const script = `import { createRoot } from 'react-dom/client';
createRoot(document.getElementById('root')).render(<h1>Hello</h1>);`;
  const { NODE_ENV } = process.env; // which Vite sets
  const page = '<!doctype html><div id="root"></div><script type="module" src="/main.jsx"></script>';
  try {
    await writeFile(path.join(folder, 'main.jsx'), script);
    await writeFile(path.join(folder, 'index.html'), page);
    const alias = ['react', 'react-dom'].map((find) => ({
      find,
      replacement: path.join(WEB, 'node_modules', find),
    }));
    const options = { root: folder, configFile: false, logLevel: 'error', resolve: { alias } };
    const { output } = await build({ ...options, build: { target: 'es2022', write: false } });
    return output.reduce((sum, { code }) => sum + (code ? gzippedSize(code) : 0), 0);
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    await remove();
  }
}

const gzippedSize = (content) => gzipSync(content, { level: 9 }).length;
