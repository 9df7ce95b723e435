import { loadConfig } from './config/load-config.js';
import { describeDemo } from './describe-demo.js';
import { describeStartError } from './describe-start-error.js';
import { loadEnvFile } from './load-env-file.js';
import { createLogger } from './log.js';
import { installShutdown } from './shutdown.js';
import { startServer } from './start-server.js';

/** Starts the server and says where it is; from then on signals end it. What whoever starts it can mend is one line. */
export async function runServer(): Promise<void> {
  try {
    loadEnvFile();
    const config = await loadConfig(process.env);
    const log = createLogger(config.logLevel);
    // Ctrl-C in the middle of a start waits for it, so that nothing is left half-way.
    let closeServer = async (): Promise<void> => undefined;
    const end = installShutdown(log, () => closeServer());
    const starting = startServer(config, log, end);
    closeServer = () =>
      starting.then(
        (server) => server.close(),
        () => undefined, // it has closed what it had begun
      );
    const running = await starting;
    console.log(`Gangway is ready at ${running.url}`);
    if (config.appUrl !== null) console.log(`It listens on ${config.host}:${running.port}`);
    if (config.demo) console.log(describeDemo(running.url));
  } catch (error) {
    console.error(describeStartError(error));
    process.exit(1);
  }
}
