#!/usr/bin/env bash
# An oidc-provider whose only signing key is an elliptic curve starts without complaint and then refuses every client of its own
# configuration, on the first request: 400 `invalid_client_metadata`, "id_token_signed_response_alg must be 'ES256'". It does so
# even for a client that can only use client credentials and never gets an ID token: the metadata default of OpenID Connect is
# RS256, and static clients are validated when they are first looked up. Each client has to name the algorithm itself (or
# `clientDefaults`), or the key set needs an RSA key.
# Seen with oidc-provider 9.13.3 (source: lib/helpers/client_schema.js).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund oidc-provider@9.13.3 >/dev/null

cat >ask.mjs <<'JS'
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' };
for (const more of [{}, { id_token_signed_response_alg: 'ES256' }]) {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const client = { client_id: 'batch', client_secret: 'batch-secret', redirect_uris: [], response_types: [] };
  const provider = new Provider(url, {
    clients: [{ ...client, grant_types: ['client_credentials'], ...more }],
    jwks: { keys: [jwk] },
    features: { devInteractions: { enabled: false }, clientCredentials: { enabled: true } },
  });
  server.on('request', provider.callback());
  const answer = await fetch(`${url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('batch:batch-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { error, error_description: why, token_type: type } = await answer.json();
  console.log(`${Object.keys(more)[0] ?? 'as it is'}: ${answer.status} ${error ? `${error}, ${why}` : type}`);
  server.close();
  server.closeAllConnections();
}
JS
seen=$(node ask.mjs 2>/dev/null | grep -E "^(as it is|id_token)")

echo "oidc-provider $(node -p "require('./node_modules/oidc-provider/package.json').version"), Node $(node --version)"
echo "$seen"
[ "$seen" = "as it is: 400 invalid_client_metadata, id_token_signed_response_alg must be 'ES256'
id_token_signed_response_alg: 200 Bearer" ]
echo "as described"
