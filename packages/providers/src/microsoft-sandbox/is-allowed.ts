import type { GraphRoute } from './graph-routes.js';

/** Whether the roles of a token allow a route. */
export function isAllowed(roles: readonly string[], { needs, alsoEnough }: GraphRoute): boolean {
  return roles.includes(needs) || alsoEnough.some((role) => roles.includes(role));
}
