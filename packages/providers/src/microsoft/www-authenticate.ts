const LONGEST = 8_000;

/** The parameters of a Bearer challenge (RFC 6750, section 3), names in lower case; empty where there is none. */
export function readChallenge(headers: Headers): ReadonlyMap<string, string> {
  const header = headers.get('www-authenticate')?.slice(0, LONGEST) ?? '';
  const scheme = /(?:^|,)\s*Bearer\s+/i.exec(header);
  if (!scheme) return new Map();
  const parameters = header.slice(scheme.index + scheme[0].length);
  return new Map(
    [...parameters.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)].map(
      ([, name = '', quoted, plain = '']): [string, string] => [
        name.toLowerCase(),
        quoted === undefined ? plain : quoted.replaceAll(/\\(.)/g, '$1'),
      ],
    ),
  );
}
