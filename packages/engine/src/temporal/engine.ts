import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { hostname } from 'node:os';
import type { RunStatus } from '@gangway/contract/operations';
import { stepSlotsOf } from '../embedded/step-slots.js';
import { interrupt, type Lease } from '../lease.js';
import { listRollBack } from '../list-roll-back.js';
import type { Engine, EngineHealth, RecordWithin, RunSignal } from '../port.js';
import { announceQueued } from '../store/announce.js';
import { type CreatedRun, createRun, type NewRun } from '../store/create-run.js';
import { getRun } from '../store/get-run.js';
import { recordSignal } from '../store/record-signal.js';
import { CHANNELS, type RawTransaction, sqlOfPool, sqlOfTransaction } from '../store/sql.js';
import { bundlerOptions, WORKFLOW_INTERCEPTORS } from './bundler-options.js';
import { createActivities } from './create-activities.js';
import { Dispatcher } from './dispatcher.js';
import { ensureSearchAttributes } from './ensure-search-attributes.js';
import { installRuntime } from './install-runtime.js';
import type { TemporalOptions } from './options.js';
import { createPayloadCodec } from './payload-codec.js';
import { tolerateUnreadable } from './tolerate-unreadable.js';
import { TASK_QUEUE } from './protocol.js';
import { DEFAULT_LEASE_MS } from './stay-protocol.js';

/** Executes runs as Temporal workflows, on as many worker processes as wanted. */
export function createTemporalEngine(options: TemporalOptions): Engine {
  return new TemporalEngine(options);
}

class TemporalEngine implements Engine {
  readonly #options: TemporalOptions;
  readonly #leases = new Map<string, Lease>();
  readonly #dataConverter;
  #client: Promise<Client> | undefined;
  #native: NativeConnection | undefined;
  #worker: Worker | undefined;
  #working: Promise<void> | undefined;
  #dispatcher: Dispatcher | undefined;
  #unlisten: (() => Promise<void>) | undefined;
  #stopping: Promise<void> | undefined;
  /** This process is to work, not only to signal: without a worker it is not fit. */
  #isWorker = false;

  constructor(options: TemporalOptions) {
    this.#options = options;
    this.#dataConverter = { payloadCodecs: [createPayloadCodec(options.payloadKeys)] };
  }

  async start(): Promise<void> {
    const { config, db, workflowsPath, workflowBundle } = this.#options;
    const { concurrency = 20, drainMs = 6_000, leaseMs = DEFAULT_LEASE_MS } = this.#options;
    this.#isWorker = true;
    installRuntime(this.#options.log);
    const client = await this.#connected();
    const hasSearchAttributes = await ensureSearchAttributes(client);
    this.#native = await NativeConnection.connect(connectionOptions(this.#options));
    const workerId = `${hostname()}-${process.pid}`;
    this.#worker = await Worker.create({
      connection: this.#native,
      namespace: config.namespace,
      taskQueue: TASK_QUEUE,
      identity: workerId,
      ...(workflowBundle
        ? { workflowBundle: { codePath: workflowBundle } }
        : { workflowsPath, bundlerOptions, interceptors: { workflowModules: [WORKFLOW_INTERCEPTORS] } }),
      activities: createActivities({
        options: this.#options,
        workerId,
        leaseMs,
        leases: this.#leases,
        client,
        slots: stepSlotsOf(this.#options),
        isDraining: () => this.#worker?.getState() !== 'RUNNING',
      }),
      dataConverter: {
        payloadCodecs: this.#dataConverter.payloadCodecs.map((codec) =>
          tolerateUnreadable(codec, this.#options.log),
        ),
      },
      maxConcurrentActivityTaskExecutions: concurrency,
      // A workflow whose worker died is not kept waiting for it longer than its activities are.
      stickyQueueScheduleToStartTimeout: Math.ceil(leaseMs / 3),
      shutdownGraceTime: drainMs,
      shutdownForceTime: drainMs + 2_000,
    });
    this.#working = this.#worker.run().catch((error: unknown) => {
      this.#options.log?.error({ err: error }, 'The Temporal worker ended');
    });
    this.#unlisten = await db.listen(CHANNELS.signals, (runId) => {
      const lease = runId === null ? undefined : this.#leases.get(runId);
      if (lease) interrupt(lease, 'cancel');
    });
    this.#dispatcher = new Dispatcher(this.#options, client, hasSearchAttributes);
    await this.#dispatcher.start();
  }

  async create(run: NewRun, tx?: RawTransaction): Promise<CreatedRun> {
    if (tx) return (await createRun(sqlOfTransaction(tx), run)).created;
    const { created } = await createRun(sqlOfPool(this.#options.db.pool), run);
    this.wake(created.operationRunId);
    return created;
  }

  wake(operationRunId: string): void {
    this.#dispatcher?.lookSoon();
    announceQueued(this.#options.db.pool, operationRunId);
  }

  async signal(operationRunId: string, signal: RunSignal, within?: RecordWithin): Promise<RunStatus> {
    const { db, registry } = this.#options;
    let status: RunStatus = 'queued';
    const record = within ?? ((work) => db.inTransaction(work));
    await record(async (tx) => {
      status = await recordSignal(sqlOfTransaction(tx), registry, operationRunId, signal);
    });
    if (signal.kind === 'resume' || signal.kind === 'rollBack') this.wake(operationRunId);
    if (signal.kind === 'cancel') await this.#signalWorkflow(operationRunId, signal);
    return status;
  }

  listRollBack(operationRunId: string) {
    const { db, registry } = this.#options;
    return listRollBack(sqlOfPool(db.pool), registry, operationRunId);
  }

  async #signalWorkflow(
    operationRunId: string,
    signal: Extract<RunSignal, { kind: 'cancel' }>,
  ): Promise<void> {
    const { db } = this.#options;
    // The row is enough for a step that runs and for the next border; this ends a wait between two attempts.
    const { workflowId } = await getRun(sqlOfPool(db.pool), operationRunId);
    const payload = { reason: signal.reason ?? undefined, cancelledBy: signal.by, isRecorded: true };
    if (workflowId === null) return this.wake(operationRunId);
    await this.#connected()
      .then((client) => client.workflow.getHandle(workflowId).signal('cancel', payload))
      .catch((error: unknown) =>
        this.#options.log?.warn(
          { runId: operationRunId, err: error },
          'Temporal was not notified of a cancel',
        ),
      );
  }

  async describe(): Promise<EngineHealth> {
    const executing = this.#leases.size;
    const state = this.#worker?.getState();
    try {
      const client = await this.#connected();
      const connection = client.connection as Connection;
      await connection.withDeadline(Date.now() + 2_000, () => connection.healthService.check({}));
      const isWorking = this.#dispatcher?.isHealthy === true && state === 'RUNNING';
      const idle = this.#isWorker ? 'worker starting' : 'client only';
      const detail = state ? `worker ${state.toLowerCase()}` : idle;
      return { engine: 'temporal', ok: isWorking || !this.#isWorker, detail, executing };
    } catch {
      return { engine: 'temporal', ok: false, detail: 'Temporal cannot be reached', executing };
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.#dispatcher?.stop();
    await this.#unlisten?.();
    if (this.#worker?.getState() === 'RUNNING') this.#worker.shutdown();
    await this.#working;
    await this.#native?.close();
    await this.#client?.then((client) => client.connection.close()).catch(() => undefined);
  }

  #connected(): Promise<Client> {
    this.#client ??= this.#connect();
    this.#client.catch(() => (this.#client = undefined));
    return this.#client;
  }

  async #connect(): Promise<Client> {
    const connection = await Connection.connect({
      ...connectionOptions(this.#options),
      connectTimeout: 5_000,
    });
    return new Client({
      connection,
      namespace: this.#options.config.namespace,
      dataConverter: this.#dataConverter,
    });
  }
}

function connectionOptions({ config }: TemporalOptions) {
  const { address, tls, apiKey } = config;
  if (tls === undefined) return { address, ...(apiKey && { apiKey }) };
  if (tls === true) return { address, tls: true, ...(apiKey && { apiKey }) };
  const pair = tls.certificate && tls.key && { clientCertPair: { crt: tls.certificate, key: tls.key } };
  const options = {
    ...(tls.ca && { serverRootCACertificate: tls.ca }),
    ...(tls.serverName && { serverNameOverride: tls.serverName }),
    ...pair,
  };
  return { address, tls: options, ...(apiKey && { apiKey }) };
}
