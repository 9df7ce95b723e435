import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { hostname } from 'node:os';
import { type HeldRun, interrupt } from '../held-run.js';
import type { Engine, EngineHealth, RecordWithin, RunSignal } from '../port.js';
import { announceQueued } from '../store/announce.js';
import { type CreatedRun, createOrReuseRun, type NewRun } from '../store/create-or-reuse-run.js';
import { getRun } from '../store/get-run.js';
import { sendSignal } from '../store/send-signal.js';
import { CHANNELS, sqlOfPool } from '../store/sql.js';
import { bundlerOptions } from './bundler-options.js';
import { createActivities } from './create-activities.js';
import { Dispatcher } from './dispatcher.js';
import { ensureSearchAttributes } from './ensure-search-attributes.js';
import { isInputSealed } from './is-input-sealed.js';
import { installRuntime } from './install-runtime.js';
import type { TemporalOptions } from './options.js';
import { createPayloadCodec } from './payload-codec.js';
import { TASK_QUEUE } from './protocol.js';

/** Executes runs as Temporal workflows, on as many worker processes as wanted. */
export function createTemporalEngine(options: TemporalOptions): Engine {
  return new TemporalEngine(options);
}

class TemporalEngine implements Engine {
  readonly #options: TemporalOptions;
  readonly #held = new Map<string, HeldRun>();
  readonly #dataConverter;
  #client: Promise<Client> | undefined;
  #native: NativeConnection | undefined;
  #worker: Worker | undefined;
  #working: Promise<void> | undefined;
  #dispatcher: Dispatcher | undefined;
  #unlisten: (() => Promise<void>) | undefined;
  /** This process is to work, not only to signal: without a worker it is not fit. */
  #isWorker = false;

  constructor(options: TemporalOptions) {
    this.#options = options;
    this.#dataConverter = { payloadCodecs: [createPayloadCodec(options.payloadKeys)] };
  }

  async start(): Promise<void> {
    const { config, db, workflowsPath, workflowBundle } = this.#options;
    const { concurrency = 20, drainMs = 6_000, leaseMs = 15_000 } = this.#options;
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
        : { workflowsPath, bundlerOptions }),
      activities: createActivities({
        options: this.#options,
        workerId,
        leaseMs,
        held: this.#held,
        isInputSealed: () => isInputSealed(client),
      }),
      dataConverter: this.#dataConverter,
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
      const held = runId === null ? undefined : this.#held.get(runId);
      if (held) interrupt(held, 'cancel');
    });
    this.#dispatcher = new Dispatcher(this.#options, client, hasSearchAttributes);
    await this.#dispatcher.start();
  }

  async create(run: NewRun): Promise<CreatedRun> {
    const created = await createOrReuseRun(sqlOfPool(this.#options.db.pool), run);
    this.poke(created.operationRunId);
    return created;
  }

  poke(operationRunId: string): void {
    this.#dispatcher?.lookSoon();
    announceQueued(this.#options.db.pool, operationRunId);
  }

  async signal(operationRunId: string, signal: RunSignal, within?: RecordWithin): Promise<void> {
    const { db, registry } = this.#options;
    await sendSignal(db, registry, operationRunId, signal, within);
    if (signal.kind !== 'cancel') return;
    // The row is enough for a step that runs and for the next border; this ends a wait between two attempts.
    const { workflowId } = await getRun(sqlOfPool(db.pool), operationRunId);
    const payload = { reason: signal.reason ?? undefined, cancelledBy: signal.by, isRecorded: true };
    if (workflowId === null) return this.poke(operationRunId);
    await this.#connected()
      .then((client) => client.workflow.getHandle(workflowId).signal('cancel', payload))
      .catch((error: unknown) =>
        this.#options.log?.warn({ runId: operationRunId, err: error }, 'Temporal was not told of a cancel'),
      );
  }

  async describe(): Promise<EngineHealth> {
    const executing = this.#held.size;
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

  async stop(): Promise<void> {
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
