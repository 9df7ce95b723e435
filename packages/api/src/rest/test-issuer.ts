import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { afterAll } from 'vitest';

export interface TestIssuer {
  readonly jwksUrl: string;
  readonly fetches: () => number;
  /** Puts another key in the place of the one there is. */
  readonly rotate: (kid: string) => Promise<void>;
  /** Signs the claims as they are, with the key there is; `header` adds to what the header says. */
  readonly sign: (claims: JWTPayload, header?: Record<string, unknown>) => Promise<string>;
}

/** A key set over HTTP with one RS256 key, and tokens signed by it. Ends with the test file. */
export async function startIssuer(): Promise<TestIssuer> {
  let fetches = 0;
  let current: { kid: string; jwk: JWK; privateKey: CryptoKey };
  const rotate = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    current = { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
  };
  await rotate('first');
  const server = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [current.jwk] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  afterAll(() => void server.close());
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    fetches: () => fetches,
    rotate,
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: current.kid, ...header })
        .sign(current.privateKey),
  };
}
