import type { CredentialForm } from './credential-values.js';

/** Several times any certificate with its chain; the schema rejects what is longer than it accepts. */
const MAX_BYTES = 200_000;

/**
 * What a file becomes in the form: PEM is shown as text, everything else is sent as it is. A file with a key in it takes the
 * place of a key that was pasted; one without leaves that alone.
 */
export async function readCredentialFile(file: File): Promise<Partial<CredentialForm>> {
  const bytes = new Uint8Array(await file.slice(0, MAX_BYTES).arrayBuffer());
  // A character for each byte, as btoa takes them.
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const hasKey = text.includes('PRIVATE KEY-----') || /\.(pfx|p12)$/i.test(file.name);
  return {
    ...(text.includes('-----BEGIN ')
      ? { certificatePem: text, pfx: '', pfxName: '' }
      : { certificatePem: '', pfx: btoa(text), pfxName: file.name }),
    ...(hasKey && { privateKeyPem: '' }),
  };
}
