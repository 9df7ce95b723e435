import { createPrivateKey, createPublicKey } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

const issuer = process.env.PORTAL_URL; // https://portal.contoso.example
const privateKey = createPrivateKey(process.env.PORTAL_SIGNING_KEY); // RSA, in PEM
const publicKey = createPublicKey(privateKey);

/** What the app answers at /jwks.json. */
export const jwks = {
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'portal', alg: 'RS256', use: 'sig' }],
};

export const jwt = {
  encode: ({ token, maxAge = 600 }) =>
    new SignJWT({ ...token })
      .setProtectedHeader({ alg: 'RS256', kid: 'portal', typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience('gangway')
      .setIssuedAt()
      .setExpirationTime(`${maxAge}s`)
      .sign(privateKey),
  decode: async ({ token }) =>
    token ? (await jwtVerify(token, publicKey, { issuer, audience: 'gangway' })).payload : null,
};
export const session = { strategy: 'jwt', maxAge: 600 };
export const callbacks = {
  jwt: ({ token }) => ({
    ...token,
    tenant: '01900000-0000-7000-8000-00000000d001',
    roles: ['partner-admin'],
  }),
};
