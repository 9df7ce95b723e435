import { loadConfig } from './config/load-config.js';
import { describeDemo } from './describe-demo.js';
import { describeStartError } from './describe-start-error.js';
import { loadEnvFile } from './load-env-file.js';
import { createLogger } from './log.js';
import { ConfigError } from './config/config-error.js';
import { installShutdown } from './shutdown.js';
import { startServer } from './start-server.js';
import { notifySupervisor, onSupervisorGone } from './supervisor.js';
import type { Telemetry } from './telemetry/telemetry.js';
import { useOutboundProxy } from './use-outbound-proxy.js';

/** How long the end may take that comes with the end of the supervisor. */
const ABANDON_MS = 10_000;

/** Starts the server and says where it is; from then on signals end it. What whoever starts it can mend is one line. */
export async function runServer(): Promise<void> {
  try {
    loadEnvFile();
    const config = await loadConfig(process.env);
    const telemetry = config.telemetry ? await startTelemetry() : null;
    const log = createLogger(config.logLevel, undefined, telemetry?.logFields);
    if (config.outboundProxy) useOutboundProxy(config.outboundProxy);
    // Ctrl-C in the middle of a start waits for it, so that nothing is left half-way.
    let closeServer = async (): Promise<void> => undefined;
    const end = installShutdown(log, () => closeServer());
    const starting = startServer(config, log, end, telemetry);
    closeServer = async () => {
      await starting.then(
        (server) => server.close(),
        () => undefined, // it has closed what it had begun
      );
      await telemetry?.close();
    };
    onSupervisorGone(() => {
      log.error('The process that started the server is gone: the server ends, too');
      setTimeout(() => process.exit(1), ABANDON_MS);
      starting
        .then((server) => server.abandon())
        .catch(() => undefined)
        .finally(() => process.exit(1));
    });
    const running = await starting;
    await notifySupervisor('ready');
    console.log(`Gangway is ready at ${running.url}`);
    if (config.appUrl !== null) console.log(`It listens on ${config.host}:${running.port}`);
    if (config.demo) console.log(describeDemo(running.url));
  } catch (error) {
    console.error(describeStartError(error));
    if (error instanceof ConfigError) await notifySupervisor('misconfigured');
    process.exit(1);
  }
}

/** Loads OpenTelemetry; without its variables nothing of it is loaded. */
async function startTelemetry(): Promise<Telemetry> {
  const telemetry = await import('./telemetry/start-telemetry.js');
  return telemetry.startTelemetry(process.env);
}
