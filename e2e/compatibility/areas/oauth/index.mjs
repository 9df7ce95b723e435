// OAuth client libraries against a running server: each requests an access token by client credentials, calls the API with
// it, and gets over the day on which the server no longer takes that token.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { startProgram } from '../../lib/start-program.mjs';
import { CLIENTS } from './clients.mjs';

const checked = 'token by client credentials, a call with it, 401 for that token and a new one';

export async function* check(context) {
  const asked = CLIENTS.filter(({ name, version }) => context.wants(name, version));
  if (asked.length === 0) return;
  const server = await context.startServer();
  const token = await requestToken(server);
  assert.equal(await read(server, token), 200);
  const started = [];
  for (const client of asked) started.push(await tryFirstCall(context, client, server));
  await startWithOtherKeys(context, server);
  assert.equal(await read(server, token), 401);
  for (const { row, program } of started)
    yield row.result.startsWith('fails')
      ? row
      : await context.attempt(row, async () => assert.equal(await program.ask('Nobody'), 'Nobody: 0'));
}

/** Installs a client, starts its program and lets it call the server. Gives its row so far, and the program, which goes on. */
async function tryFirstCall(context, client, server) {
  const { name, version } = client;
  let program;
  const row = await context.attempt({ name, version, checked }, async () => {
    const [command, ...args] = await client.prepare(context);
    const env = {
      GANGWAY_URL: server.url,
      GANGWAY_CLIENT_ID: server.clientId,
      GANGWAY_CLIENT_SECRET: server.clientSecret,
    };
    program = startProgram(context, command, args, { env });
    assert.equal(await program.ask('Acme'), 'Acme: 1');
  });
  return { row, program };
}

/** Starts the server once more at the same place, with new keys to sign with: it knows its earlier tokens no longer. */
async function startWithOtherKeys(context, { url, port, dataDir, stop }) {
  await stop();
  await rm(path.join(dataDir, 'auth.keys'));
  return context.startServer({ env: { PORT: String(port), APP_URL: url, DATA_DIR: dataDir } });
}

async function requestToken({ url, clientId, clientSecret }) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await fetch(`${url}/api/oauth/token`, { method: 'POST', body });
  return (await response.json()).access_token;
}

async function read({ url }, token) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api/provisioning/tenants?limit=1`, { headers });
  await response.body?.cancel();
  return response.status;
}
