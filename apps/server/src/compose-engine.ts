import { fileURLToPath } from 'node:url';
import type { AppContext } from '@gangway/domain/app-context';
import { authorizeRun } from '@gangway/domain/operations/authorize-run';
import { recordFinishedRun } from '@gangway/domain/operations/record-finished-run';
import { adoptTenantWorkflow, toWorkflowResult } from '@gangway/domain/provisioning/adopt-tenant-workflow';
import { createEmbeddedEngine } from '@gangway/engine/embedded/engine';
import { readFault } from '@gangway/engine/fault';
import type { Engine, Registry, RunRecord } from '@gangway/engine/port';
import { checkHealth } from './check-health.js';
import type { Config } from './config/load-config.js';
import { deriveTemporalPayloadKeys } from './config/temporal-payload-keys.js';
import type { Logger } from './log.js';

export interface EngineInput {
  readonly config: Config;
  readonly log: Logger;
  readonly app: AppContext;
  readonly registry: Registry;
  /** Told of every run that ends here or is parked. */
  readonly onEnded: (run: RunRecord) => void;
}

/** The embedded engine, or Temporal where its address is set: who has no use for Temporal loads nothing of it. */
export async function composeEngine({ config, log, app, registry, onEnded }: EngineInput): Promise<Engine> {
  const common = {
    db: app.db,
    log,
    registry,
    fault: readFault(config.isProduction ? {} : { FAULT: config.fault ?? undefined }),
    authorize: (run: Parameters<typeof authorizeRun>[1]) => authorizeRun(app.db, run),
    onFinished: (run: RunRecord) => {
      onEnded(run);
      return recordFinishedRun(run);
    },
  };
  if (!config.temporal) return createEmbeddedEngine(common);
  const { createTemporalEngine } = await import('@gangway/engine/temporal/engine');
  return createTemporalEngine({
    ...common,
    config: config.temporal,
    workflowsPath: fileURLToPath(import.meta.resolve('@gangway/domain/operations/temporal-workflows')),
    payloadKeys: deriveTemporalPayloadKeys(config.encryptionKeys),
    adopt: (input, workflow) => adoptTenantWorkflow(app, config.temporalPartnerId, input, workflow),
    resultOf: (run, isSealed) => toWorkflowResult(app, run, isSealed),
    checkHealth: () => checkHealth(app),
  });
}
