import { generateKeyPairSync, randomUUID, X509Certificate } from 'node:crypto';
import { selfSign } from '@gangway/providers/testing/self-sign';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { newConnection } from './test-onboarding.js';

// What people paste and upload as a credential, and what is said of what cannot work.
const { api, owner, workspaceId } = await openAcme();

const in1Year = new Date(Date.now() + 365 * 86_400_000);
const own = selfSign('own.example', in1Year);
const authority = selfSign('authority.example', in1Year);
const expired = selfSign('expired.example', new Date(Date.now() - 1_000));
const keyOf = (type: 'rsa' | 'ec', bits = 1_024) =>
  (type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: bits })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
const der = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('base64');

const base64 = (text: string) => Buffer.from(text).toString('base64');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').toString('base64');

function toPfx(passphrase: string, algorithm: 'aes256' | '3des', count?: number): string {
  const certificates = [authority, own].map(({ certificatePem }) =>
    forge.pki.certificateFromPem(certificatePem),
  );
  const key = forge.pki.privateKeyFromPem(own.privateKeyPem);
  const options = { algorithm, ...(count === undefined ? {} : { count }) } as const;
  const pfx = forge.pkcs12.toPkcs12Asn1(key, certificates, passphrase, options);
  return Buffer.from(forge.asn1.toDer(pfx).getBytes(), 'binary').toString('base64');
}

async function create(credential: object) {
  const identified = await owner.mutate('onboarding.identifyTenant', {
    ...{ workspaceId, entraTenantId: randomUUID(), name: 'Fabrikam' },
  });
  const { managedTenantId } = identified.data;
  return owner.mutate('connections.create', { workspaceId, managedTenantId, ...newConnection(), credential });
}

const certificate = (fields: object) => ({ kind: 'certificate', ...fields });

test.each([
  ['certificate and key', own],
  [
    'the authority before the certificate',
    { ...own, certificatePem: authority.certificatePem + own.certificatePem },
  ],
  ['one text, the key first', { certificatePem: own.privateKeyPem + own.certificatePem }],
  ['line ends of carriage returns', { ...own, certificatePem: own.certificatePem.replaceAll('\n', '\r') }],
  [
    'line ends written out',
    { certificatePem: (own.certificatePem + own.privateKeyPem).replaceAll('\n', '\\n') },
  ],
  ['an indented block', { ...own, certificatePem: own.certificatePem.replaceAll('\n', '\n    ') }],
  ['a .pfx of today', { pfx: toPfx('open sesame', 'aes256'), passphrase: 'open sesame' }],
  ['a .pfx of Windows before 2016', { pfx: toPfx('open sesame', '3des'), passphrase: 'open sesame' }],
  ['a .pem as a file', { pfx: Buffer.from(own.certificatePem + own.privateKeyPem).toString('base64') }],
  [
    'a .pem as PowerShell writes it, in UTF-16',
    { pfx: utf16(own.certificatePem + own.privateKeyPem.replaceAll('\n', '\r\n')) },
  ],
  ['a .pfx as a vault gives it out, in base64', { pfx: base64(toPfx('', 'aes256')) }],
  [
    'the same on lines, in UTF-16, with a passphrase',
    { pfx: utf16(toPfx('sesame', '3des').replace(/.{76}/g, '$&\r\n')), passphrase: 'sesame' },
  ],
  ['DER, and the key beside it', { pfx: der(own.certificatePem), privateKeyPem: own.privateKeyPem }],
])('%s: the certificate that fits the key is taken', async (_, fields) => {
  const { status, data } = await create(certificate(fields));
  const { fingerprint256 } = new X509Certificate(own.certificatePem);
  expect([status, data['credential']]).toMatchObject([
    200,
    { hint: `Certificate ending in …${fingerprint256.slice(-11)}` },
  ]);
});

test.each([
  ['another key', { ...own, privateKeyPem: authority.privateKeyPem }, 'privateKeyPem', /does not belong/i],
  ['no key', { certificatePem: own.certificatePem }, 'privateKeyPem', /private key/i],
  ['a key alone', { certificatePem: own.privateKeyPem }, 'certificatePem', /its certificate is needed/i],
  ['an expired certificate', expired, 'certificatePem', /expired/i],
  ['DER without a key', { pfx: der(own.certificatePem) }, 'pfx', /private key/i],
  [
    'a wrong passphrase',
    { pfx: toPfx('right', 'aes256'), passphrase: 'wrong' },
    'passphrase',
    /not the passphrase/i,
  ],
  ['no passphrase', { pfx: toPfx('right', 'aes256') }, 'passphrase', /has a passphrase/i],
  ['many iterations', { pfx: toPfx('right', '3des', 40_001), passphrase: 'right' }, 'pfx', /iterations/i],
  ['base64 of another kind of file', { pfx: base64(base64('GIF89a, perhaps')) }, 'pfx', /PFX/],
  ['a word in a file', { pfx: base64('word') }, 'pfx', /PFX/],
  ['a file of another kind', { pfx: Buffer.from('GIF89a, perhaps').toString('base64') }, 'pfx', /PFX/],
  ['neither', {}, 'certificatePem', /PEM form/],
  [
    'a chain without a key',
    { ...own, certificatePem: '-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----' },
    ...(['certificatePem', /P7B/] as const),
  ],
])('%s is rejected by name', async (_, fields, field, message) => {
  const { status, data } = await create(certificate(fields));
  expect([status, data['fieldErrors']]).toEqual([
    400,
    [{ field: `credential.${field}`, message: expect.stringMatching(message) as unknown }],
  ]);
});

test.each([
  ['an elliptic curve', keyOf('ec')],
  ['1024 bits', keyOf('rsa')],
])('a key of %s is not said to fit', async (_, privateKeyPem) => {
  const { status, data } = await create(certificate({ ...own, privateKeyPem }));
  expect([status, JSON.stringify(data['fieldErrors'])]).toEqual([
    400,
    expect.stringContaining('privateKeyPem'),
  ]);
});

test.each([
  ['  s3cr3t~value.of_Microsoft\u00a0'],
  ['\u200bs3cr3t~value.of_Microsoft\r\n'],
  ['\ts3cr3t~value.of_Microsoft\ufeff'],
])('a secret is stored without what surrounds it unseen (%j)', async (clientSecret) => {
  const { status, data } = await create({ kind: 'client_secret', clientSecret });
  expect([status, data['credential']]).toMatchObject([200, { hint: 'Secret ending in …soft' }]);
  expect(
    await api.app.db.prisma.providerCredential.count({ where: { hint: 'Secret ending in …soft' } }),
  ).toBeGreaterThan(0);
});

test.each([
  [{ clientSecret: '"s3cr3t~value"' }, 'clientSecret', /quotes/],
  [{ clientSecret: '\u201cs3cr3t~value\u201d' }, 'clientSecret', /quotes/],
  [{ clientSecret: 's3cr3t\u200bvalue' }, 'clientSecret', /invisible/],
  [{ clientSecret: 's3cr3t value' }, 'clientSecret', /blanks/],
  [{ clientSecret: ' \u200b ' }, 'clientSecret', /empty/],
  [{ clientSecret: 's3cr3t~value', expiresAt: '2020-01-01T00:00:00+01:00' }, 'expiresAt', /has passed/i],
])('%j is rejected by name', async (fields, field, message) => {
  const { status, data } = await create({ kind: 'client_secret', ...fields });
  expect([status, data['fieldErrors']]).toEqual([
    400,
    [{ field: `credential.${field}`, message: expect.stringMatching(message) as unknown }],
  ]);
});
