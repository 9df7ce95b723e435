import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { startProgram } from '../../../lib/start-program.mjs';
import { callUntilTaken, callWith, readRecipe } from '../recipe.mjs';

/** Takes tokens of an oidc-provider that is set up as the page says, and of one that signs with another key. */
export async function tryOidcProvider(context, version) {
  const { folder } = await context.npm('oidc-provider', { 'oidc-provider': version });
  await copyFile(new URL('provider.mjs', import.meta.url), path.join(folder, 'provider.mjs'));
  const port = await context.findFreePort();
  const url = `http://localhost:${port}`;
  const secret = randomBytes(24).toString('base64url');
  const start = async (keys) => {
    const env = { ISSUER: url, PORT: String(port), SIGNING_KEYS: JSON.stringify(keys), CRM_SECRET: secret };
    const provider = startProgram(context, process.execPath, ['provider.mjs'], { cwd: folder, env });
    assert.equal(await provider.nextLine(), 'Ready');
    return provider;
  };

  const former = createKey('former');
  const provider = await start([former]);
  const trusted = await readRecipe('oidc-provider', url);
  const server = await context.startServer({ env: { TRUSTED_ISSUERS: trusted } });
  const token = await requestToken(url, secret);
  assert.equal(await callWith(server, token), 200);

  await provider.stop();
  const rotated = await start([createKey('newest'), former]);
  const next = await requestToken(url, secret);
  assert.match(Buffer.from(next.split('.')[0], 'base64url').toString(), /"newest"/);
  assert.equal(await callUntilTaken(server, next), 200);
  assert.equal(await callWith(server, token), 200);
  await Promise.all([rotated.stop(), server.stop()]);
}

function createKey(kid) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
}

async function requestToken(url, secret) {
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`crm:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await response.json()).access_token;
}
