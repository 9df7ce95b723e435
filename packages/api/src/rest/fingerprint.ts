import type { PartnerScope } from '@gangway/domain/access/scope';

/** Who may be told a secret again: only who asked first, with the same rights. */
export const credentialOf = ({ actor, permissions }: PartnerScope): string =>
  `${actor.kind} ${actor.id} ${permissions.join(' ')}`;

/** What a request asks, whatever the order of its keys: two of the same fingerprint are one request sent twice. */
export function fingerprintOf(method: string, address: string, input: unknown, credential = ''): string {
  return `${method} ${address}\n${JSON.stringify(input, inOrder)}\n${credential}`;
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
