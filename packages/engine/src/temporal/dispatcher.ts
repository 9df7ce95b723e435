import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { type Dispatch, dispatchRuns, postponeRun } from '../store/dispatch-runs.js';
import { CHANNELS, sqlOfPool } from '../store/sql.js';
import type { TemporalOptions } from './options.js';
import { TASK_QUEUE } from './protocol.js';
import { DEFAULT_LEASE_MS } from './stay-protocol.js';

const AGAIN_MS = 10_000;
const SOON_MS = 1_000;
const BATCH = 50;

export const SEARCH_ATTRIBUTES = {
  operationType: defineSearchAttributeKey('GangwayOperationType', SearchAttributeType.KEYWORD),
  subject: defineSearchAttributeKey('GangwaySubject', SearchAttributeType.KEYWORD),
};

/**
 * Starts a workflow for every queued row: the row is the outbox. The workflow's id is the run's id, so a start that is
 * repeated after a crash is harmless; a run that nobody has heard of for a while is started again the same way.
 */
export class Dispatcher {
  readonly #options: TemporalOptions;
  readonly #client: Client;
  readonly #hasSearchAttributes: boolean;
  #unlisten: (() => Promise<void>) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #again = false;
  #isStopped = false;
  /** Whether the last look at the table and the last start both worked. */
  isHealthy = true;

  constructor(options: TemporalOptions, client: Client, hasSearchAttributes: boolean) {
    this.#options = options;
    this.#client = client;
    this.#hasSearchAttributes = hasSearchAttributes;
  }

  async start(): Promise<void> {
    this.#unlisten = await this.#options.db.listen(CHANNELS.queued, () => this.lookSoon());
    this.#timer = setInterval(() => this.lookSoon(), this.#options.pollMs ?? 1_000);
    this.lookSoon();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#unlisten?.();
    await this.#round;
  }

  lookSoon(): void {
    if (this.#isStopped) return;
    if (this.#round) {
      this.#again = true;
      return;
    }
    this.#round = this.#dispatch().finally(() => {
      this.#round = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.lookSoon();
    });
  }

  async #dispatch(): Promise<void> {
    try {
      const runs = await dispatchRuns(sqlOfPool(this.#options.db.pool), BATCH, AGAIN_MS);
      await Promise.all(runs.map((run) => this.#startWorkflow(run)));
      if (runs.length === BATCH) this.#again = true;
      this.isHealthy = true;
    } catch (error) {
      this.isHealthy = false;
      this.#options.log?.warn({ err: error }, 'Queued runs could not be handed to Temporal');
    }
  }

  async #startWorkflow(run: Dispatch): Promise<void> {
    const name = run.type === 'tenant.create' ? 'tenantCreationWorkflow' : 'operationRunWorkflow';
    const { operationType, subject } = SEARCH_ATTRIBUTES;
    const { leaseMs = DEFAULT_LEASE_MS } = this.#options;
    const pairs = [
      { key: operationType, value: run.type },
      { key: subject, value: run.subjectId },
    ];
    try {
      await this.#client.workflow.start(name, {
        workflowId: run.workflowId ?? run.id,
        taskQueue: TASK_QUEUE,
        args: [{ operationRunId: run.id, type: run.type, leaseMs }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        // A worker that dies over a decision delays the run no longer than one that dies over a step.
        workflowTaskTimeout: Math.max(leaseMs / 3, 2_000),
        ...(this.#hasSearchAttributes && { typedSearchAttributes: new TypedSearchAttributes(pairs) }),
      });
    } catch (error) {
      // It runs, or is just ending while the run was queued again: then there is something to start in a moment.
      const isRunning = error instanceof WorkflowExecutionAlreadyStartedError;
      await postponeRun(
        sqlOfPool(this.#options.db.pool),
        run.id,
        isRunning && run.workflowId !== null ? AGAIN_MS : SOON_MS,
      );
      if (!isRunning) throw error;
    }
  }
}
