import type { Database } from '@gangway/db/client';
import { type Fault, readFault } from '../fault.js';
import type { Engine } from '../port.js';
import { plannedKills } from './planned-kills.js';

/** What the environment of a test's worker process says. */
export interface ChildOptions {
  readonly fault: Fault;
  /** Runs or steps at once. */
  readonly concurrency?: number;
}

/** Works until SIGTERM, broken by FAULT or by the kills that a test planned. */
export async function serveAsChild(
  db: Database,
  createEngine: (options: ChildOptions) => Engine,
): Promise<void> {
  const { FAULT, CONCURRENCY } = process.env;
  const fault = FAULT ? readFault(process.env) : plannedKills(db);
  const engine = createEngine({ fault, ...(CONCURRENCY && { concurrency: Number(CONCURRENCY) }) });
  await engine.start();
  process.stdout.write('ready\n');
  process.on('SIGTERM', () => {
    void engine
      .stop()
      .then(() => db.close())
      .then(() => process.exit(0));
  });
}
