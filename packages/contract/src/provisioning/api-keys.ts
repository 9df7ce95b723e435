/** API keys of a partner. */
import { z } from 'zod';
import { PARTNER_ROLES, PERMISSIONS } from '../permissions.js';
import { instant, instantInput, line } from '../text.js';
import { withDefault } from './absent.js';
import { growingEnum } from './growing-enum.js';
import { id, listOf } from './shared.js';

const keyFields = {
  name: line(100),
  roles: withDefault(z.array(z.enum(PARTNER_ROLES)).min(1), ['partner-admin']),
  permissions: z.array(z.enum(PERMISSIONS)).min(1),
  expires_at: instantInput.nullish().default(null),
};
export const newApiKey = z.strictObject(keyFields).meta({ id: 'ApiKeyInput' });
export const apiKeyPatch = z.strictObject({ name: line(100) }).meta({ id: 'ApiKeyPatch' });
/** Hours for which the old key still works. */
export const rotateApiKey = z
  .strictObject({ overlap_hours: withDefault(z.number().int().min(0).max(168), 24) })
  .meta({ id: 'RotateApiKey' });
export const apiKey = z
  .object({
    id,
    name: z.string(),
    prefix: z.string(),
    roles: z.array(growingEnum(PARTNER_ROLES)),
    permissions: z.array(growingEnum(PERMISSIONS)),
    created_by: z.string(),
    created_at: instant,
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export const apiKeyList = listOf(apiKey).meta({ id: 'ApiKeyList' });
export const createdApiKey = apiKey
  .extend({ key: z.string().meta({ description: 'The key itself: shown in this answer and never again' }) })
  .meta({ id: 'CreatedApiKey' });
