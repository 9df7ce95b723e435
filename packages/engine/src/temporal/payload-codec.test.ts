import { describe, expect, it } from 'vitest';
import { createPayloadCodec } from './payload-codec.js';

const old = { kid: 'old', key: new Uint8Array(32).fill(1) };
const fresh = { kid: 'fresh', key: new Uint8Array(32).fill(2) };
const bytes = (text: string) => new TextEncoder().encode(text);
const payload = { metadata: { encoding: bytes('json/plain') }, data: bytes('"canary"') };

describe('the payload codec', () => {
  it('hides a payload and gives it back', async () => {
    const codec = createPayloadCodec([fresh]);
    const [hidden] = await codec.encode([payload]);
    expect(new TextDecoder().decode(hidden?.data ?? undefined)).not.toContain('canary');
    const [shown] = await codec.decode([hidden ?? {}]);
    expect(new TextDecoder().decode(shown?.data ?? undefined)).toBe('"canary"');
    expect(new TextDecoder().decode(shown?.metadata?.['encoding'] ?? undefined)).toBe('json/plain');
  });
  it('decrypts with an older key after a rotation, and refuses an unknown one', async () => {
    const hidden = await createPayloadCodec([old]).encode([payload]);
    expect(await createPayloadCodec([fresh, old]).decode(hidden)).toHaveLength(1);
    await expect(createPayloadCodec([fresh]).decode(hidden)).rejects.toThrow('No payload key');
  });
  it('lets the plain payloads of strangers through', async () => {
    expect(await createPayloadCodec([fresh]).decode([payload])).toEqual([payload]);
  });
});
