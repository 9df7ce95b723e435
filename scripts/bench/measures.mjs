/** Every measure by its id, loaded when it is asked for. */
export const MEASURES = {
  P1: () => import('./tenant-creation.mjs'),
  P2: () => import('./tenant-creation-without-hash.mjs'),
  P3: () => import('./statements.mjs'),
  P4: () => import('./durable-runs.mjs'),
  P5: () => import('./rollback.mjs'),
  P6: () => import('./authorized-read.mjs'),
  P7: () => import('./session-resume.mjs'),
  P8: () => import('./lists.mjs'),
  P9: () => import('./watchers.mjs'),
  P10: () => import('./first-load.mjs'),
  P11: () => import('./run-memory.mjs'),
  P12: () => import('./restart.mjs'),
  P13: () => import('./workers.mjs'),
  P22: () => import('./soak.mjs'),
  P23: () => import('./foreign-ids.mjs'),
};
