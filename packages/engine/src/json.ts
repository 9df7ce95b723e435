/** What can stand in a journal: plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * JSON text that PostgreSQL's `jsonb` accepts: without NUL characters and lone surrogates, which a provider may
 * send and which would make the whole write fail.
 */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'string' ? item.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd') : item,
  );
}
