import forge from 'node-forge';
import type { PemContent } from './read-pem.js';

/** Why a file could not be read as PKCS #12. */
export class PfxError extends Error {
  override readonly name = 'PfxError';

  constructor(readonly reason: 'passphrase' | 'format' | 'iterations') {
    super(reason);
  }
}

/**
 * Of all parts of a file together. Tools write 2,000 to 10,000 for each of two or three parts; a thousand take 5 ms, in which
 * no other request is served, so the count is read before each part is decrypted.
 */
const MAX_ITERATIONS = 40_000;

type Node = forge.asn1.Asn1;
const { data, encryptedData, certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;

/**
 * The certificates and keys of a PKCS #12 file (RFC 7292; `.pfx`, `.p12`). Its own checksum is not verified: a wrong passphrase
 * shows when a part is decrypted.
 * @throws PfxError
 */
export function readPfx(file: Uint8Array, passphrase: string): PemContent {
  try {
    return readContents(fromDer(Buffer.from(file).toString('latin1')), passphrase);
  } catch (error) {
    throw error instanceof PfxError ? error : new PfxError('format');
  }
}

function readContents(pfx: Node, passphrase: string): PemContent {
  const content = { certificates: [] as string[], keys: [] as string[], others: [] };
  let iterations = 0;
  const decrypt = (algorithm: Node, encrypted: string): Node => {
    iterations += Math.max(0, ...integersOf(algorithm));
    if (iterations > MAX_ITERATIONS) throw new PfxError('iterations');
    return decryptPart(algorithm, encrypted, passphrase);
  };
  for (const part of partsOf(fromDer(octetsOf(inner(at(pfx, 1)))))) {
    for (const bag of partsOf(toBags(part, decrypt))) {
      const kind = oidOf(at(bag, 0));
      const value = at(at(bag, 1), 0);
      if (kind === certBag) content.certificates.push(toPem('CERTIFICATE', octetsOf(inner(value))));
      else if (kind === keyBag) content.keys.push(toPem('PRIVATE KEY', toDer(value)));
      else if (kind === pkcs8ShroudedKeyBag)
        content.keys.push(toPem('PRIVATE KEY', toDer(decrypt(at(value, 0), octetsOf(at(value, 1))))));
    }
  }
  return content;
}

/** The bags of one part of the file, which stand open or encrypted. */
function toBags(part: Node, decrypt: (algorithm: Node, encrypted: string) => Node): Node {
  const kind = oidOf(at(part, 0));
  if (kind === data) return fromDer(octetsOf(inner(part)));
  if (kind !== encryptedData) throw new PfxError('format');
  const content = at(inner(part), 1);
  return decrypt(at(content, 1), octetsOf(at(content, 2)));
}

function decryptPart(algorithm: Node, encrypted: string, passphrase: string): Node {
  const { Class, Type, create } = forge.asn1;
  // A private key and a bag of certificates are encrypted alike; forge decrypts by the shape of the former.
  const shape = create(Class.UNIVERSAL, Type.SEQUENCE, true, [
    algorithm,
    create(Class.UNIVERSAL, Type.OCTETSTRING, false, encrypted),
  ]);
  try {
    const opened: Node | null = forge.pki.decryptPrivateKeyInfo(shape, passphrase);
    if (opened !== null) return opened;
  } catch (error) {
    if (error instanceof Error && /Unsupported|not a supported/.test(error.message))
      throw new PfxError('format');
  }
  // Decrypted with another key it is no ASN.1.
  throw new PfxError('passphrase');
}

const fromDer = (bytes: string): Node => forge.asn1.fromDer(bytes);
const toDer = (node: Node): string => forge.asn1.toDer(node).getBytes();
const partsOf = ({ value }: Node): Node[] => (Array.isArray(value) ? value : []);
const inner = (node: Node): Node => at(at(node, 1), 0);

function at(node: Node, index: number): Node {
  const found = partsOf(node)[index];
  if (!found) throw new PfxError('format');
  return found;
}

function oidOf({ value }: Node): string {
  return typeof value === 'string' ? forge.asn1.derToOid(value) : '';
}

/** The bytes of an octet string, also of one in several pieces. */
const octetsOf = ({ value }: Node): string =>
  typeof value === 'string' ? value : value.map(octetsOf).join('');

/** What a key derivation is told in numbers: how often, and at times how long. */
function integersOf(node: Node): number[] {
  if (Array.isArray(node.value)) return node.value.flatMap(integersOf);
  if (node.type !== forge.asn1.Type.INTEGER) return [];
  return [Number.parseInt(Buffer.from(node.value, 'latin1').toString('hex') || '0', 16)];
}

function toPem(name: string, der: string): string {
  const base64 = Buffer.from(der, 'latin1').toString('base64');
  return `-----BEGIN ${name}-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${name}-----\n`;
}
