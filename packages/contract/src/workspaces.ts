import { z } from 'zod';
import { CAPABILITIES, ROLES } from './capabilities.js';
import { listOf, page, term, uuid } from './text.js';

export const workspace = z.object({
  id: uuid,
  name: z.string(),
  slug: z.string(),
  role: z.enum(ROLES),
  capabilities: z.array(z.enum(CAPABILITIES)),
  suspended: z.boolean(),
});
export type Workspace = z.infer<typeof workspace>;

export const list = { in: z.strictObject(page), out: listOf(workspace) };
/** `workspaceId` is the id, or the slug of the address bar. */
export const get = { in: z.strictObject({ workspaceId: term(100) }), out: workspace };
