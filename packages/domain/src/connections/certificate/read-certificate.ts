import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isBase64 } from '@gangway/contract/base64';
import type { CredentialInput } from '@gangway/contract/connections';
import { invalidField } from '../../errors.js';
import { readPem, type PemContent } from './read-pem.js';
import { PfxError, readPfx } from './read-pfx.js';

type Input = Omit<Extract<CredentialInput, { kind: 'certificate' }>, 'kind'>;
type Field = 'certificatePem' | 'privateKeyPem' | 'pfx' | 'passphrase';

const MIN_BITS = 2048;

/**
 * The certificate and the key of a credential, as PEM, however they were sent: the certificate that fits the key first, the
 * others of its chain behind it.
 * @throws AppError invalid, with the field, for what is neither, does not fit together, or cannot sign for Microsoft
 */
export function readCertificate(input: Input): { certificatePem: string; privateKeyPem: string } {
  const source: Field = input.pfx === undefined ? 'certificatePem' : 'pfx';
  const file = input.pfx === undefined ? null : Buffer.from(input.pfx, 'base64');
  const content = file === null ? readPem(input.certificatePem ?? '') : readFile(file, input.passphrase);
  const beside = readPem(input.privateKeyPem ?? '');
  const certificates = [...content.certificates, ...beside.certificates].map((pem) =>
    toCertificate(pem, source),
  );
  if (certificates.length === 0) throw wrong(source, explainNone(content));
  const [keyPem] = [...beside.keys, ...content.keys];
  if (keyPem === undefined)
    throw wrong(file === null ? 'privateKeyPem' : 'pfx', 'Must have the private key of the certificate');
  const key = toKey(keyPem, input.passphrase, beside.keys.length > 0 ? 'privateKeyPem' : source);
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (!own) throw wrong('privateKeyPem', 'Does not belong to the certificate');
  requireUsable(own, key, source);
  const chain = [own, ...certificates.filter((one) => one !== own)];
  return {
    certificatePem: chain.map((certificate) => certificate.toString()).join(''),
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/**
 * A file of any kind that people have: PKCS #12, PEM, or a single certificate as DER; also written in base64, as a vault gives
 * them out, and PEM in UTF-16, as PowerShell writes text.
 */
function readFile(file: Buffer, passphrase: string | undefined): PemContent {
  const text = file.toString(file[0] === 0xff && file[1] === 0xfe ? 'utf16le' : 'latin1');
  if (text.includes('-----BEGIN ')) return readPem(text);
  // DER is no text, so what base64 gives is not read as base64 again without an end: it is shorter each time.
  if (isBase64(text)) return readFile(Buffer.from(text, 'base64'), passphrase);
  const der = findDer(file);
  if (der !== null) return { certificates: [der.toString()], keys: [], others: [] };
  try {
    return readPfx(file, passphrase ?? '');
  } catch (error) {
    if (!(error instanceof PfxError)) throw error;
    throw PFX_WORDS[error.reason](passphrase !== undefined);
  }
}

const PFX_WORDS = {
  passphrase: (isGiven: boolean) =>
    wrong(
      'passphrase',
      isGiven ? 'Is not the passphrase of this file' : 'The file has a passphrase: enter it',
    ),
  format: () => wrong('pfx', 'Must be a PFX (PKCS #12), PEM or DER file'),
  iterations: () => wrong('pfx', 'Takes too many iterations to decrypt: export it again with at most 10,000'),
};

function findDer(file: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(file);
  } catch {
    return null;
  }
}

function toCertificate(pem: string, field: Field): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw wrong(field, 'Must be a certificate in PEM form');
  }
}

function toKey(pem: string, passphrase: string | undefined, field: Field): KeyObject {
  const isEncrypted = /ENCRYPTED/.test(pem);
  if (isEncrypted && passphrase === undefined)
    throw wrong(field, 'The key is encrypted: enter its passphrase');
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    if (isEncrypted) throw wrong('passphrase', 'Is not the passphrase of this key');
    throw wrong(field, 'Must be a private key in PEM form');
  }
}

/** Microsoft accepts RSA with at least 2048 bits; the rest would be refused there with a less telling answer. */
function requireUsable(certificate: X509Certificate, key: KeyObject, field: Field): void {
  const kind = key.asymmetricKeyType ?? 'unknown';
  if (kind !== 'rsa')
    throw wrong(field, `Must have an RSA key: Microsoft accepts no ${kind.toUpperCase()} key`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < MIN_BITS) throw wrong(field, `Must have a key of at least ${MIN_BITS} bits, and has ${bits}`);
  if (new Date(certificate.validTo).getTime() <= Date.now())
    throw wrong(field, 'The certificate has expired');
  if (new Date(certificate.validFrom).getTime() > Date.now() + 5 * 60_000)
    throw wrong(field, 'The certificate is not valid yet');
}

function explainNone({ keys, others }: PemContent): string {
  const [other] = others;
  if (other === 'PKCS7') return 'Is a chain without a key (P7B): export the certificate with its key as PFX';
  if (other?.endsWith('REQUEST'))
    return 'Is a signing request: the certificate that was issued for it is needed';
  if (other !== undefined) return `Is a ${other.toLowerCase()}: a certificate is needed`;
  return keys.length > 0
    ? 'Is a private key: its certificate is needed too'
    : 'Must be a certificate in PEM form';
}

const wrong = (field: Field, message: string) => invalidField(`credential.${field}`, message);
