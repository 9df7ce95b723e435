import type { apiKey, apiKeyList } from '@gangway/contract/provisioning/api-keys';
import type { pageQuery } from '@gangway/contract/provisioning/shared';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { notFound } from '../errors.js';
import { toCursorId, toPage } from '../page.js';
import { toApiKey } from './to-api-key.js';

/** The partner's keys that are not revoked, newest first. */
export async function listApiKeys(
  scope: PartnerScope,
  input: z.output<typeof pageQuery>,
): Promise<z.infer<typeof apiKeyList>> {
  const before = toCursorId(input.cursor);
  const rows = await scope.app.db.prisma.apiKey.findMany({
    where: { partnerId: scope.partnerId, revokedAt: null, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const page = toPage(rows, input.limit, toApiKey);
  return { items: page.items, next_cursor: page.nextCursor };
}

/** One key that is not revoked. @throws AppError not_found */
export async function getApiKey(
  scope: PartnerScope,
  { id }: { id: string },
): Promise<z.infer<typeof apiKey>> {
  const row = await scope.app.db.prisma.apiKey.findFirst({
    where: { id, partnerId: scope.partnerId, revokedAt: null },
  });
  if (!row) throw notFound();
  return toApiKey(row);
}
