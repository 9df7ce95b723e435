import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { callWith, readRecipe } from '../recipe.mjs';

/** Signs somebody in at a portal with the recipe's session and hands the token to Gangway; then without it. */
export async function tryAuthJs(context, { name, version }, program) {
  const { folder } = await context.npm(name.replace('/', '-'), { [name]: version, jose: '6.2.18' });
  for (const file of [program, 'gangway-session.mjs'])
    await copyFile(new URL(file, import.meta.url), path.join(folder, file));
  const portal = await startPortal(context);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const env = {
    ...{ PORTAL_URL: portal.url, NEXTAUTH_URL: portal.url },
    PORTAL_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
  const print = async (...args) =>
    (await context.run(process.execPath, args, { cwd: folder, env })).stdout.trim();
  portal.jwks = await print(
    '--input-type=module',
    '--eval',
    `import { jwks } from './gangway-session.mjs'; console.log(JSON.stringify(jwks));`,
  );

  const trusted = await readRecipe('Auth.js and NextAuth', portal.url);
  const server = await context.startServer({ env: { TRUSTED_ISSUERS: trusted } });
  assert.equal(await callWith(server, await print(program)), 200);
  const text = await readFile(path.join(folder, program), 'utf8');
  await writeFile(path.join(folder, 'as-usual.mjs'), text.replace(/^ {2}jwt,\n/m, ''));
  const usual = await print('as-usual.mjs');
  assert.equal(usual.split('.').length, 5); // a JWE
  assert.equal(await callWith(server, usual), 401);
  await server.stop();
}

/** What of the app's server Gangway sees: its keys. */
async function startPortal(context) {
  const portal = { url: '', jwks: '' };
  const server = createServer((request, response) => {
    if (request.url !== '/jwks.json') return response.writeHead(404).end();
    response.setHeader('content-type', 'application/json').end(portal.jwks);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.onClose(() => {
    server.close();
    server.closeAllConnections();
  });
  portal.url = `http://localhost:${server.address().port}`;
  return portal;
}
