import type { startBootstrap as schema } from '@gangway/contract/onboarding';
import { isBootstrapType, type BootstrapType } from '@gangway/contract/operation-types';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { AppError, invalidField } from '../errors.js';
import { startBootstrapRun } from '../operations/start-bootstrap-run.js';
import { currentStep } from './current-step.js';
import { loadFacts } from './load-facts.js';
import { requireOpen, touchSession, writeInSession } from './write-in-session.js';

/**
 * Starts the bootstrap operations asked for, one run each, or gives their live runs: ids in the order asked.
 * @throws AppError invalid for a type that is not registered; conflict where the connection is not verified
 */
export async function startBootstrap(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const types = input.operationTypes.map(requireBootstrapType);
  const runs = await writeInSession(scope, input.onboardingSessionId, async (tx, session) => {
    requireOpen(session);
    if (currentStep(await loadFacts(tx, session)) !== 'bootstrap' || session.providerConnectionId === null) {
      throw new AppError('conflict', 'session.step_not_ready');
    }
    const started = new Map<BootstrapType, { operationRunId: string; reused: boolean }>();
    // Sorted, so that two callers with overlapping lists take their locks in one order.
    for (const type of [...new Set(types)].sort()) {
      const { managedTenantId, providerConnectionId, id } = session;
      started.set(
        type,
        await startBootstrapRun(tx, scope, type, {
          managedTenantId,
          providerConnectionId,
          onboardingSessionId: id,
        }),
      );
    }
    if ([...started.values()].some((run) => !run.reused)) await touchSession(tx, scope, session.id);
    return types.flatMap((type) => started.get(type)?.operationRunId ?? []);
  });
  for (const id of runs) scope.app.engine.wake(id);
  return { operationRunIds: runs };
}

function requireBootstrapType(type: string, index: number): BootstrapType {
  if (!isBootstrapType(type))
    throw invalidField(`operationTypes.${index}`, 'There is no such bootstrap operation');
  return type;
}
