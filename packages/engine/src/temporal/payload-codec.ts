import type { Payload, PayloadCodec } from '@temporalio/common';
import { compactDecrypt, CompactEncrypt, type CryptoKey } from 'jose';
import { isOpen } from './open-payloads.js';
import type { PayloadKeys } from './options.js';

export const ENCODING = 'binary/jwe';
const METADATA = { encoding: new TextEncoder().encode(ENCODING) };

/**
 * Encrypts payloads (JWE, A256GCM, with the id of the key), so that no input, output or secret stands in a history in
 * plain text. The few documented answers that hold only ids are left open for clients without a key.
 */
export function createPayloadCodec(keys: PayloadKeys): PayloadCodec {
  const [newest] = keys;
  if (!newest) throw new RangeError('The payload codec needs at least one key');
  // Imported once: given bytes, jose imports them for every payload, which costs as much as the encryption itself.
  const imported = new Map(keys.map(({ kid, key }) => [kid, lazily(() => importKey(key))]));
  const keyOf = (kid: string | undefined): Promise<CryptoKey> => {
    const key = imported.get(kid ?? '');
    if (!key) throw new RangeError(`No payload key ${String(kid)}`);
    return key();
  };

  async function encrypt(payload: Payload): Promise<Payload> {
    if (isOpen(payload)) return payload;
    const plain = new TextEncoder().encode(JSON.stringify(toPlain(payload)));
    const header = { alg: 'dir', enc: 'A256GCM', kid: newest?.kid ?? '' } as const;
    const jwe = await new CompactEncrypt(plain).setProtectedHeader(header).encrypt(await keyOf(newest?.kid));
    return { metadata: METADATA, data: new TextEncoder().encode(jwe) };
  }

  async function decrypt(payload: Payload): Promise<Payload> {
    const encoding = new TextDecoder().decode(payload.metadata?.['encoding'] ?? new Uint8Array());
    // A partner that starts a workflow straight need not have our key: its input comes in plain text.
    if (encoding !== ENCODING) return payload;
    const { plaintext } = await compactDecrypt(payload.data ?? new Uint8Array(), ({ kid }) => keyOf(kid));
    return fromPlain(JSON.parse(new TextDecoder().decode(plaintext)) as PlainPayload);
  }

  return {
    encode: (payloads) => Promise.all(payloads.map(encrypt)),
    decode: (payloads) => Promise.all(payloads.map(decrypt)),
  };
}

const importKey = (key: Uint8Array) =>
  crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['encrypt', 'decrypt']);

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

interface PlainPayload {
  readonly metadata: Record<string, string>;
  readonly data: string;
}

const toPlain = ({ metadata, data }: Payload): PlainPayload => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
  data: base64(data ?? new Uint8Array()),
});

const fromPlain = ({ metadata, data }: PlainPayload): Payload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
  ),
  data: Buffer.from(data, 'base64'),
});

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
