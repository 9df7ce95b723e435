/** What a text of PEM has in it, each block written anew as OpenSSL does. */
export interface PemContent {
  readonly certificates: readonly string[];
  readonly keys: readonly string[];
  /** Names of blocks that are neither. */
  readonly others: readonly string[];
}

// Up to the next line of dashes only, so that many beginnings without an end are read once.
const BLOCK = /-----BEGIN ([A-Z0-9 #]+)-----((?:(?!-----)[^])*)-----END \1-----/g;

/** Reads PEM however it was pasted: indented, with any line ends, with `\n` written out, several blocks in any order. */
export function readPem(text: string): PemContent {
  const lines = text.replaceAll('\\n', '\n').replace(/\r\n?/g, '\n');
  const content = { certificates: [] as string[], keys: [] as string[], others: [] as string[] };
  for (const [, name = '', body = ''] of lines.matchAll(BLOCK)) {
    const block = `-----BEGIN ${name}-----\n${toBody(body)}\n-----END ${name}-----\n`;
    if (/^(X509 |TRUSTED )?CERTIFICATE$/.test(name))
      content.certificates.push(block.replaceAll(name, 'CERTIFICATE'));
    else if (name.endsWith('PRIVATE KEY')) content.keys.push(block);
    else content.others.push(name);
  }
  return content;
}

/** Headers, which an old kind of encrypted key has, stay on lines of their own. */
function toBody(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const headers = lines.filter((line) => line.includes(':'));
  const base64 = lines.filter((line) => !line.includes(':')).join('');
  const wrapped = base64.match(/.{1,64}/g) ?? [];
  return [...(headers.length > 0 ? [...headers, ''] : []), ...wrapped].join('\n');
}
