const ASCII_DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

// What ends the host of a URL, and what nobody sees: a URL drops it in silence, and the name would be another one.
const NOT_IN_NAMES = /[\s/\\?#@:%[\]\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/**
 * A DNS name in lower case and in ASCII, or null. A name in another script becomes its Punycode form; letters that only look
 * like ASCII and would be mapped to it are rejected, so that nobody passes for another. Its last label has a letter, so that
 * no IP address is one.
 */
export function toDomainName(text: string): string | null {
  const name = text.replace(/\.$/, '');
  if (isAscii(name)) return ASCII_DOMAIN.test(name.toLowerCase()) ? name.toLowerCase() : null;
  const isDisguised = Array.from(name).some(
    (character) => !isAscii(character) && isAscii(character.normalize('NFKC').toLowerCase()),
  );
  if (isDisguised || NOT_IN_NAMES.test(name) || name.length > 253) return null;
  if (!URL.canParse(`https://${name}`)) return null;
  const { hostname } = new URL(`https://${name}`);
  return ASCII_DOMAIN.test(hostname) ? hostname : null;
}
