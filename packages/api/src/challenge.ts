/**
 * `WWW-Authenticate` of a refusal to a partner, or null. By this a client knows whether another token may help; who brought
 * none is told of no error (RFC 6750, 3.1). `isGiven`: whether a credential came; `permission`: the one that it lacks.
 */
export function challengeOf(status: number, isGiven: boolean, permission: string | undefined): string | null {
  if (status === 401) return `Bearer realm="gangway"${isGiven ? ', error="invalid_token"' : ''}`;
  if (permission === undefined) return null;
  return `Bearer realm="gangway", error="insufficient_scope", scope="${permission}"`;
}
