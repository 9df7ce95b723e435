import type { Actor } from '../access/scope.js';

/** Who acts by a hand-off link: nobody we know, by leave of whoever made it. */
export function linkActor(request: { readonly createdByLabel: string }): Actor {
  return { kind: 'system', id: 'link', label: `Hand-off link of ${request.createdByLabel}` };
}
