import { expect, test } from 'vitest';
import { readCredentialFile } from './read-credential-file.js';

const toPem = (what: string) => `-----BEGIN ${what}-----\nMII=\n-----END ${what}-----\n`;
const KEY = toPem('RSA PRIVATE KEY');
const CERTIFICATE = toPem('CERTIFICATE');

test.each([
  ['PEM with its key', [KEY, CERTIFICATE], 'fabrikam.pem'],
  ['a container', [new Uint8Array([0x30, 0x82, 0xff])], 'Fabrikam.P12'],
])('%s takes the place of a key that was pasted before', async (_what, parts, name) => {
  expect(await readCredentialFile(new File(parts, name))).toMatchObject({ privateKeyPem: '' });
});

test.each([
  ['PEM', [CERTIFICATE], 'fabrikam.crt'],
  ['DER', [new Uint8Array([0x30, 0x82, 0xff])], 'fabrikam.cer'],
])('a certificate alone, as %s, leaves a pasted key alone', async (_what, parts, name) => {
  expect(await readCredentialFile(new File(parts, name))).not.toHaveProperty('privateKeyPem');
});
