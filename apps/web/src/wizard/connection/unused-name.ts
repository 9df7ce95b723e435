import type { Connection } from '@gangway/contract/connections';

/** A name for a further connection that none of the tenant's has: "Contoso", then "Contoso 2", "Contoso 3". */
export function unusedName(name: string, connections: readonly Connection[]): string {
  const used = new Set(connections.map(({ displayName }) => displayName));
  let free = name;
  for (let count = 2; used.has(free); count += 1) free = `${name} ${count}`;
  return free;
}
