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
  it('decrypts what the codec of another language encrypted', async () => {
    // Made by the program of docs/clients.md in Python, with jwcrypto 1.6.1, and this key.
    const key = Buffer.from('9FFPU_E3ErNdK94vFzzdUwEoQRktGFGmfwfL0ORmoFc', 'base64url');
    const jwe =
      'eyJhbGciOiAiZGlyIiwgImVuYyI6ICJBMjU2R0NNIiwgImtpZCI6ICJvbGQifQ..hJeuVMXaAKkl1Srx.suY3K5bGXJp7SLPL1AimbJRPwEcbggdVmqpLhXsgFUVTgAD9xgA7EtEJzbJ0LuExvht14YI41gdR3bBj3ul0PgmI5YOQiL6txCzyvLCyoSa-RKULSZjiy5JZ.374U_VjIGmNbYYYsxGFi1g';
    const codec = createPayloadCodec([fresh, { kid: 'old', key }]);
    const sealed = { metadata: { encoding: bytes('binary/jwe') }, data: bytes(jwe) };
    const [shown] = await codec.decode([sealed]);
    expect(new TextDecoder().decode(shown?.data ?? undefined)).toBe('{"contractLine":"basic"}');
    expect(new TextDecoder().decode(shown?.metadata?.['encoding'] ?? undefined)).toBe('json/plain');
  });
  const json = (value: unknown) => ({
    metadata: { encoding: bytes('json/plain') },
    data: bytes(JSON.stringify(value)),
  });
  const reference = { operationRunId: '0199c0de-0000-7000-8000-0000000000aa', type: 'tenant.delete' };
  const state = {
    step: 'completed',
    progress: 100,
    tenantId: reference.operationRunId,
    adminUserId: null,
    companyId: null,
    emailSent: true,
    error: null,
  };
  it.each([
    reference,
    { ...reference, position: 3, direction: 'undo' },
    { ...reference, leaseMs: 15_000 },
    { kind: 'ended', status: 'succeeded', state, result: { success: true, temporaryPassword: null } },
    { kind: 'left', waitMs: 700, state },
    { step: 'setting_up_data', progress: 60 },
    'from step setting_up_data',
    true,
  ])('leaves %j, which names no more than a run and a step of it, in plain text', async (value) => {
    expect(await createPayloadCodec([fresh]).encode([json(value)])).toEqual([json(value)]);
  });
  it.each([
    { ...reference, email: 'canary@example.com' },
    { ...reference, type: 'canary@example.com' },
    { ...reference, position: 'canary' },
    { operationRunId: 'canary' },
    { direction: 'forward' },
    { kind: 'ended', status: 'succeeded', state, result: { success: true, temporaryPassword: 'canary' } },
    { kind: 'ended', status: 'succeeded', state, result: null, email: 'canary@example.com' },
    { kind: 'left', waitMs: 700, state: { ...state, email: 'canary@example.com' } },
    { step: 'canary@example.com', progress: 60 },
    'from step canary@example.com',
    {},
    'canary',
    [reference],
  ])('hides %j', async (value) => {
    const [hidden] = await createPayloadCodec([fresh]).encode([json(value)]);
    expect(new TextDecoder().decode(hidden?.metadata?.['encoding'] ?? undefined)).toBe('binary/jwe');
  });
  it('leaves an answer of nothing as it is', async () => {
    const nothing = { metadata: { encoding: bytes('binary/null') } };
    expect(await createPayloadCodec([fresh]).encode([nothing])).toEqual([nothing]);
  });
  it('lets the plain payloads of strangers through', async () => {
    expect(await createPayloadCodec([fresh]).decode([payload])).toEqual([payload]);
  });
});
