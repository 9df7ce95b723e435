import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { callUntilTaken, callWith, readRecipe } from '../recipe.mjs';
import { createRealm, rotateKey } from './create-realm.mjs';
import { requestToken, startKeycloak } from './start-keycloak.mjs';

const CLI = fileURLToPath(new URL('../../../../../apps/server/dist/cli.js', import.meta.url));

/** Takes tokens of a real Keycloak, and tells why one is not taken. */
export async function tryKeycloak(context, version) {
  const keycloak = await startKeycloak(context, version);
  await createRealm(keycloak);
  const trusted = await readRecipe('Keycloak', keycloak.url);
  const server = await context.startServer({ env: { TRUSTED_ISSUERS: trusted } });
  const request = async (client, more = {}) => {
    const parameters = {
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: `${client}-secret`,
    };
    const answer = await requestToken(`${keycloak.url}/realms/partners`, { ...parameters, ...more });
    return answer.access_token;
  };

  const token = await request('crm', { scope: 'organization' });
  assert.equal(await callWith(server, token), 200);
  assert.equal(await callWith(server, await request('erp')), 200);
  const incomplete = await request('crm');
  assert.equal(await callWith(server, incomplete), 401);
  const env = { TRUSTED_ISSUERS: trusted, DATA_DIR: server.dataDir, APP_URL: server.url };
  const explain = async (input) => {
    const { stdout } = await context.run(process.execPath, [CLI, 'tokens', 'explain'], {
      env,
      input,
      check: false,
    });
    return JSON.parse(stdout);
  };
  assert.equal((await explain(incomplete)).check, 'partner');
  assert.deepEqual((await explain(token)).roles, ['partner-admin']);

  await rotateKey(keycloak, 'RS256');
  const next = await request('erp');
  assert.notEqual(keyOf(next), keyOf(token));
  assert.equal(await callUntilTaken(server, next), 200);
  assert.equal(await callWith(server, token), 200);
  await server.stop();
}

const keyOf = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString()).kid;
