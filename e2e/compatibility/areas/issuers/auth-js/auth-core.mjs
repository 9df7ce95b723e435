// Signs somebody in with Auth.js (`@auth/core`, which next-auth 5 is made of), and prints the token for Gangway.
import { Auth } from '@auth/core';
import { getToken } from '@auth/core/jwt';
import Credentials from '@auth/core/providers/credentials';
import { callbacks, jwt, session } from './gangway-session.mjs';

const url = process.env.PORTAL_URL;
const config = {
  secret: 'a secret of thirty-two characters',
  trustHost: true,
  basePath: '/auth',
  providers: [Credentials({ credentials: {}, authorize: () => ({ id: 'jane' }) })],
  jwt,
  session,
  callbacks,
};
const cookies = new Map();

async function call(where, body) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const method = body ? 'POST' : 'GET';
  const response = await Auth(
    new Request(`${url}/auth/${where}`, { method, headers: { cookie }, body }),
    config,
  );
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    cookies.set(name, value);
  }
  return { response, cookie };
}

const { csrfToken } = await (await call('csrf')).response.json();
await call('callback/credentials', new URLSearchParams({ csrfToken }));
const { response, cookie } = await call('session');
if (!(await response.json())?.expires) throw new Error('Nobody is signed in');
const request = new Request(url, { headers: { cookie } });
const isSecure = url.startsWith('https:');
console.log(await getToken({ req: request, raw: true, secureCookie: isSecure }));
