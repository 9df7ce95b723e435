import { createInterface } from 'node:readline';
import * as oauth from 'oauth4webapi';

const url = new URL(process.env.GANGWAY_URL);
const insecure = { [oauth.allowInsecureRequests]: url.protocol === 'http:' };
const discovered = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...insecure });
const server = await oauth.processDiscoveryResponse(url, discovered);
const client = { client_id: process.env.GANGWAY_CLIENT_ID };
const authentication = oauth.ClientSecretBasic(process.env.GANGWAY_CLIENT_SECRET);

let token;

async function requestToken() {
  const parameters = new URLSearchParams({ scope: 'tenant:read' });
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    parameters,
    insecure,
  );
  const granted = await oauth.processClientCredentialsResponse(server, client, response);
  return { value: granted.access_token, renewAt: Date.now() + (granted.expires_in - 60) * 1_000 };
}

/** Reads with a token that is good for another minute, and with a new one if it was rejected all the same. */
async function get(path) {
  for (const isLast of [false, true]) {
    if (!token || token.renewAt < Date.now()) token = await requestToken();
    try {
      const where = new URL(path, url);
      const response = await oauth.protectedResourceRequest(
        token.value,
        'GET',
        where,
        new Headers(),
        null,
        insecure,
      );
      return await response.json();
    } catch (error) {
      // It throws this for the `WWW-Authenticate` of a token that is no longer good.
      if (!(error instanceof oauth.WWWAuthenticateChallengeError) || isLast) throw error;
      token = undefined;
    }
  }
}

for await (const name of createInterface({ input: process.stdin })) {
  const { items } = await get(`/api/provisioning/tenants?q=${encodeURIComponent(name)}`);
  console.log(`${name}: ${items.length}`);
}
