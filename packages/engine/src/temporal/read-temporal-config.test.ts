import { describe, expect, it } from 'vitest';
import { readTemporalConfig } from './read-temporal-config.js';

describe('readTemporalConfig', () => {
  it('is the embedded engine without an address', () => {
    expect(readTemporalConfig({})).toBeNull();
  });
  it('reads address, namespace and TLS', () => {
    const file = new URL(import.meta.url).pathname;
    expect(readTemporalConfig({ TEMPORAL_ADDRESS: 'temporal:7233' })).toEqual({
      address: 'temporal:7233',
      namespace: 'default',
    });
    const env = {
      TEMPORAL_ADDRESS: 't:1',
      TEMPORAL_NAMESPACE: 'n',
      TEMPORAL_TLS_CERT_FILE: file,
      TEMPORAL_TLS_KEY_FILE: file,
    };
    expect(readTemporalConfig(env)).toMatchObject({
      namespace: 'n',
      tls: { certificate: expect.any(Buffer), key: expect.any(Buffer) },
    });
    expect(readTemporalConfig({ TEMPORAL_ADDRESS: 't:1', TEMPORAL_API_KEY: 'k' })).toMatchObject({
      tls: true,
      apiKey: 'k',
    });
  });
  it('names the variable that is wrong', () => {
    expect(() => readTemporalConfig({ TEMPORAL_ADDRESS: 'https://t' })).toThrow('TEMPORAL_ADDRESS');
    expect(() => readTemporalConfig({ TEMPORAL_ADDRESS: 't:1', TEMPORAL_TLS_CA_FILE: '/nowhere' })).toThrow(
      'TEMPORAL_TLS_CA_FILE',
    );
    const half = { TEMPORAL_ADDRESS: 't:1', TEMPORAL_TLS_KEY_FILE: new URL(import.meta.url).pathname };
    expect(() => readTemporalConfig(half)).toThrow('TEMPORAL_TLS_CERT_FILE');
  });
});
