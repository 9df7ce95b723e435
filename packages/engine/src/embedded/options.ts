import type { EngineOptions } from '../options.js';

export interface EmbeddedOptions extends EngineOptions {
  /** Runs executed at once by this process. Default 8. */
  readonly concurrency?: number;
  /** Steps of one run that are executed at once, if its plan allows it. Default 8. */
  readonly stepsPerRun?: number;
  /** Steps executed at once by this process, beside one of each run. Default 32. */
  readonly stepsPerProcess?: number;
  /** How often the table is looked at where no notification came. Milliseconds, default 1,000. */
  readonly pollMs?: number;
  /** How long `stop` lets steps end by themselves. Milliseconds, default 6,000. */
  readonly drainMs?: number;
}
