import type { EngineOptions } from '../options.js';

export interface EmbeddedOptions extends EngineOptions {
  /** Runs executed at once by this process. Default 8. */
  readonly concurrency?: number;
  /** How often the table is looked at where no notification came. Milliseconds, default 1,000. */
  readonly pollMs?: number;
  /** How long `stop` lets steps end by themselves. Milliseconds, default 6,000. */
  readonly drainMs?: number;
}
