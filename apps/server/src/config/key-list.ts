/** 32 random bytes with the id they are known by. */
export interface NamedKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** Parses `id:base64,older:base64`: each key of 32 bytes, ids unique. Null where it is anything else. */
export function parseKeyList(text: string): readonly NamedKey[] | null {
  const keys = text.split(',').map((entry): NamedKey | null => {
    const match = /^([A-Za-z0-9_-]{1,64}):([A-Za-z0-9+/_-]{43}=?)$/.exec(entry.trim());
    return match?.[1] && match[2] ? { id: match[1], key: new Uint8Array(Buffer.from(match[2], 'base64')) } : null;
  });
  const valid = keys.filter((entry) => entry !== null && entry.key.length === 32) as NamedKey[];
  const areUnique = new Set(valid.map((entry) => entry.id)).size === valid.length;
  return valid.length === keys.length && areUnique ? valid : null;
}
