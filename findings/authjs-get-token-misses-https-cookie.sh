#!/usr/bin/env bash
# `getToken()` of Auth.js finds nobody on the very site that just signed them in, if that site is https: it gives null, without
# an error or a log line. The sign-in looks at the URL and names the cookie `__Secure-authjs.session-token`; `getToken` looks
# neither at the URL of the request nor at AUTH_URL, and reads `authjs.session-token` unless `secureCookie: true` is passed. So it
# works on http://localhost and ends in production. next-auth 4, from which the call is usually carried over unchanged, went by
# NEXTAUTH_URL there and found the cookie.
# Seen with @auth/core 0.41.3 (next-auth 5 exports its `getToken`) beside next-auth 4.24.15; source: jwt.ts of @auth/core,
# `defaultCookies(secureCookie ?? false)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir four five
(cd four && npm init -y >/dev/null && npm install --silent --no-audit --no-fund --legacy-peer-deps next-auth@4.24.15 >/dev/null)
(cd five && npm init -y >/dev/null && npm install --silent --no-audit --no-fund @auth/core@0.41.3 >/dev/null)

cat >four/read.mjs <<'JS'
import { getToken } from 'next-auth/jwt';

const req = { headers: {}, cookies: { '__Secure-next-auth.session-token': 'signed-in' } };
console.log('next-auth 4:', await getToken({ req, raw: true }));
JS
cat >five/read.mjs <<'JS'
import { Auth } from '@auth/core';
import { getToken } from '@auth/core/jwt';
import Credentials from '@auth/core/providers/credentials';

const config = {
  secret: 'a secret of thirty-two characters',
  trustHost: true,
  basePath: '/auth',
  providers: [Credentials({ credentials: {}, authorize: () => ({ id: 'jane' }) })],
};
const cookiesOf = (response) => response.headers.getSetCookie().map((line) => line.split(';')[0]);
for (const site of ['http://portal.example', 'https://portal.example']) {
  const csrf = await Auth(new Request(`${site}/auth/csrf`), config);
  const { csrfToken } = await csrf.json();
  const signedIn = await Auth(
    new Request(`${site}/auth/callback/credentials`, {
      method: 'POST',
      headers: { cookie: cookiesOf(csrf).join('; ') },
      body: new URLSearchParams({ csrfToken }),
    }),
    config,
  );
  const cookie = cookiesOf(signedIn).find((one) => one.includes('session-token='));
  const req = new Request(`${site}/page`, { headers: { cookie } });
  const found = async (more) => ((await getToken({ req, secret: config.secret, ...more })) ?? { sub: null }).sub;
  const [asItIs, secure] = [await found({}), await found({ secureCookie: true })];
  console.log(`Auth.js, ${site}, ${cookie.split('=')[0]}: ${asItIs}, with secureCookie ${secure}`);
}
JS
seen=$(cd four && NEXTAUTH_URL=https://portal.example node read.mjs && cd ../five && AUTH_URL=https://portal.example node read.mjs)

echo "next-auth 4.24.15, @auth/core $(node -p "JSON.parse(require('fs').readFileSync('five/node_modules/@auth/core/package.json')).version"), Node $(node --version)"
echo "$seen"
[ "$(echo "$seen" | sed 1q)" = "next-auth 4: signed-in" ]
echo "$seen" | grep -q "^Auth.js, https://portal.example, __Secure-authjs.session-token: null, with secureCookie [^n]"
echo "$seen" | grep -q "^Auth.js, http://portal.example, authjs.session-token: [^n]"
echo "as described"
