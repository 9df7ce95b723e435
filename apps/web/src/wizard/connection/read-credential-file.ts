/** Several times any certificate with its chain; the schema rejects what is longer than it accepts. */
const MAX_BYTES = 200_000;

/** What a file becomes in the form: PEM is shown as text, everything else is sent as it is. */
export async function readCredentialFile(
  file: File,
): Promise<{ certificatePem: string; pfx: string; pfxName: string }> {
  const bytes = new Uint8Array(await file.slice(0, MAX_BYTES).arrayBuffer());
  // A character for each byte, as btoa takes them.
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return text.includes('-----BEGIN ')
    ? { certificatePem: text, pfx: '', pfxName: '' }
    : { certificatePem: '', pfx: btoa(text), pfxName: file.name };
}
