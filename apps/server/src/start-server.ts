import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeProduct } from './compose-product.js';
import type { Config } from './config/load-config.js';
import { createApp } from './http/create-app.js';
import { createHealthRoutes } from './http/health.js';
import { listen } from './http/listen.js';
import { createMetrics } from './http/metrics.js';
import { OpenResponses } from './http/open-responses.js';
import { createWebApp } from './http/web-app.js';
import type { Logger } from './log.js';
import { openDatabase } from './open-database.js';
import type { Telemetry } from './telemetry/telemetry.js';

const WEB_DIST = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../web/dist');
/** Requests get this long to finish, the engine's steps a second less beside them: with PostgreSQL's end it is below ten. */
const DRAIN_MS = 7_000;

export interface RunningServer {
  /** Where the app is reached. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
  /** Gives the address and the database back at once, as if the process had been killed. */
  abandon(): Promise<void>;
}

/** Starts everything in one process, in the order in which one thing needs the other; closes in reverse. */
export async function startServer(
  config: Config,
  log: Logger,
  onFatal: (error: Error) => void,
  telemetry: Telemetry | null = null,
): Promise<RunningServer> {
  let isClosing = false;
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    isClosing = true;
    for (const closeOne of closers.splice(0).toReversed()) await closeOne();
  };
  try {
    const openResponses = new OpenResponses();
    const server = await listen(config.host, config.port, openResponses);
    let closeProduct = (): Promise<void> => Promise.resolve();
    // The database closes after both: requests and steps end on it.
    const closeOutside = async (): Promise<void> => {
      await Promise.all([server.close(DRAIN_MS), closeProduct()]);
    };
    closers.push(closeOutside);

    const database = await openDatabase({ config, log, migrates: true, onLost: onFatal });
    closers.unshift(() => database.close());

    const metrics = createMetrics(config.metricsToken);
    const url = config.appUrl ?? `http://localhost:${server.port}`;
    const product = await composeProduct({
      config,
      log,
      db: database.db,
      url,
      port: server.port,
      registry: metrics.registry,
      telemetry,
    });
    closeProduct = () => product.close();

    const health = createHealthRoutes([...database.checks, ...product.checks], () => isClosing);
    const webApp = config.role === 'worker' ? null : await createWebApp(WEB_DIST);
    const { trpc, routes } = product;
    server.serve(createApp({ config, log, metrics, openResponses, health, trpc, routes, webApp, telemetry }));
    telemetry?.sendMetrics(metrics.registry);
    await product.start();
    const abandon = async (): Promise<void> => {
      isClosing = true;
      await Promise.all([server.close(0), database.abandon()]);
    };
    return { url, port: server.port, close, abandon };
  } catch (error) {
    await close();
    throw error;
  }
}
