const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The claim that a name or a path leads to, such as `realm_access.roles`; undefined without it. At each level the literal
 * name comes first: names may hold dots themselves (`https://contoso.example/roles`, `resource_access.my.client.roles`).
 */
export function readClaim(claims: unknown, path: string): unknown {
  if (!isRecord(claims)) return undefined;
  if (Object.hasOwn(claims, path)) return claims[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(claims, name)) continue;
    const found = readClaim(claims[name], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The names that a claim lists, in any of the shapes that providers use: an array of names, or of objects with `name` or
 * `role_name`; an object keyed by name (Zitadel); one string separated by blanks (`scope`).
 */
export function toNames(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/\s+/).filter((name) => name !== '');
  if (Array.isArray(value)) return value.flatMap((one) => (typeof one === 'string' ? [one] : toNamed(one)));
  if (!isRecord(value)) return [];
  const keys = Object.keys(value).filter((key) => value[key] !== false && value[key] !== null);
  return [...toNamed(value), ...keys];
}

function toNamed(value: unknown): string[] {
  if (!isRecord(value)) return [];
  return [value['role_name'], value['name']].filter((name) => typeof name === 'string').slice(0, 1);
}

/** The one value of a claim: itself, the only one of an array, or the only key of an object. Null if there is not exactly one. */
export function toOnlyValue(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const values: unknown[] = Array.isArray(value) ? value : isRecord(value) ? Object.keys(value) : [];
  const [only] = values;
  return values.length === 1 && typeof only === 'string' ? only : null;
}
