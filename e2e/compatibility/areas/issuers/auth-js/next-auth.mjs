// Signs somebody in with next-auth 4, as its route in `pages/api/auth` does, and prints the token for Gangway.
import NextAuth from 'next-auth';
import { getToken } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { callbacks, jwt, session } from './gangway-session.mjs';

const options = {
  secret: 'a secret of thirty-two characters',
  providers: [Credentials.default({ credentials: {}, authorize: () => ({ id: 'jane' }) })],
  jwt,
  session,
  callbacks,
};
const cookies = {};

async function call(method, action, body = {}) {
  const request = { method, query: { nextauth: action }, body, cookies, headers: {} };
  const headers = new Map();
  let answer;
  const response = {
    status: () => response,
    getHeader: (name) => headers.get(name.toLowerCase()),
    setHeader: (name, value) => headers.set(name.toLowerCase(), value),
    ...{ json: (value) => (answer = value), send: (value) => (answer = value), end: () => undefined },
  };
  await NextAuth.default(request, response, options);
  for (const line of [headers.get('set-cookie') ?? []].flat()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    cookies[name] = decodeURIComponent(value);
  }
  return answer;
}

const { csrfToken } = await call('GET', ['csrf']);
await call('POST', ['callback', 'credentials'], { csrfToken, json: 'true' });
const { expires } = await call('GET', ['session']);
if (!expires) throw new Error('Nobody is signed in');
console.log(await getToken({ req: { cookies, headers: {} }, raw: true }));
