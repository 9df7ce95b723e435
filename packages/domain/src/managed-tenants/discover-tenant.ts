import type { discover, ManagedTenantSummary } from '@gangway/contract/managed-tenants';
import { ProviderError } from '@gangway/providers/errors';
import type { TenantChoice } from '@gangway/providers/port';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { findInCloud } from './find-in-cloud.js';
import { toManagedTenant, withOpenSession } from './to-managed-tenant.js';

/**
 * Asks Microsoft, without a credential, which tenant a domain or id belongs to, and whether the workspace has it. Where
 * one name is several tenants, `choices` holds all of them.
 * @throws AppError invalid for what is neither, and where Microsoft knows no such tenant; unavailable where it does not answer
 */
export async function discoverTenant(
  scope: WorkspaceScope,
  input: z.output<(typeof discover)['in']>,
  signal: AbortSignal = new AbortController().signal,
): Promise<z.infer<(typeof discover)['out']>> {
  const found = await scope.app.provider.discover(input.domainOrId, signal).catch((error: unknown) => {
    throw error instanceof ProviderError ? toRefusal(error) : error;
  });
  const { choices, ...tenant } = found;
  const rows = await scope.app.db.prisma.managedTenant.findMany({
    where: {
      workspaceId: scope.workspaceId,
      entraTenantId: { in: (choices ?? [tenant]).map(({ entraTenantId }) => entraTenantId) },
    },
    include: withOpenSession,
    orderBy: { id: 'asc' },
  });
  const withExisting = <T extends TenantChoice>(choice: T) => {
    const ofId = rows.filter(({ entraTenantId }) => entraTenantId === choice.entraTenantId);
    const row = findInCloud(ofId, choice.cloud);
    return { ...choice, ...(row ? { existing: toExisting(toManagedTenant(row)) } : {}) };
  };
  return { ...withExisting(tenant), ...(choices ? { choices: choices.map(withExisting) } : {}) };
}

function toExisting({ id: managedTenantId, onboardingSessionId, status }: ManagedTenantSummary) {
  return { managedTenantId, status, ...(onboardingSessionId ? { onboardingSessionId } : {}) };
}

function toRefusal(error: ProviderError): AppError {
  if (error.isRetryable)
    return new AppError('unavailable', error.reasonCode, {
      retryAfter: Math.ceil((error.retryAfterMs ?? 5_000) / 1000),
    });
  return new AppError('invalid', error.reasonCode, {
    fieldErrors: [{ field: 'domainOrId', message: error.advice.remedy ?? error.message }],
  });
}
