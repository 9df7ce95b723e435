import type { selectConnection as schema } from '@gangway/contract/onboarding';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { insertConnection } from '../connections/insert-connection.js';
import { loadConnectionInWorkspace } from '../connections/load-connection-in-workspace.js';
import { lockConnection } from '../connections/lock-connection.js';
import type { ConnectionRow } from '../connections/to-connection.js';
import { invalidField, notFound } from '../errors.js';
import { currentStep } from './current-step.js';
import { loadFacts } from './load-facts.js';
import { requireOpen, touchSession, writeInSession, type SessionTransaction } from './write-in-session.js';

type Input = z.output<(typeof schema)['in']>;

/**
 * Attaches a connection of the session's own managed tenant, or creates one and attaches it, in one transaction.
 * @throws AppError not_found for a connection of another tenant; conflict for a stale version or an ended session
 */
export async function selectConnection(
  scope: WorkspaceScope,
  input: Input,
): Promise<z.infer<(typeof schema)['out']>> {
  return writeInSession(scope, input.onboardingSessionId, async (tx, session) => {
    requireOpen(session, input.version);
    const connection = input.create
      ? await insertConnection(tx, scope, session.managedTenantId, input.create)
      : await lockExisting(tx, scope, requireConnectionId(input));
    requireSameTenant(connection, session.managedTenantId);
    const changed = await touchSession(tx, scope, session.id, { providerConnectionId: connection.id });
    await audit(tx, scope, {
      action: 'onboarding.selectConnection',
      targetKind: 'onboarding_session',
      targetId: session.id,
      data: { providerConnectionId: connection.id },
    });
    return {
      providerConnectionId: connection.id,
      isDefault: connection.isDefault,
      currentStep: currentStep(await loadFacts(tx, changed)),
      version: changed.version,
    };
  });
}

async function lockExisting(
  tx: SessionTransaction,
  { workspaceId }: WorkspaceScope,
  id: string,
): Promise<ConnectionRow> {
  await lockConnection(tx, workspaceId, id);
  return loadConnectionInWorkspace(tx, workspaceId, id);
}

function requireConnectionId(input: Input): string {
  if (input.providerConnectionId === undefined)
    throw invalidField('providerConnectionId', 'Give either providerConnectionId or create');
  return input.providerConnectionId;
}

function requireSameTenant(connection: ConnectionRow, managedTenantId: string): void {
  if (connection.managedTenantId !== managedTenantId) throw notFound();
}
