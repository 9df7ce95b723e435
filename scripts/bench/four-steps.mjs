/** Four steps, the smallest run that is worth the name. Pure: Temporal bundles it. */
const NAMES = ['one', 'two', 'three', 'four'];

export const FOUR_STEPS = {
  type: 'tenant.create',
  steps: NAMES.map((name, index) => ({ name, title: name, progress: [index * 25, index * 25 + 25] })),
  outcome: () => ({ status: 'succeeded', reasonCode: null, message: null, warnings: [], result: null }),
};

/** Queued, started, each step started and finished, finished: the sequence number of the last event. */
export const LAST_EVENT = 11;

/** The registry of an engine in which each of the four steps does `effect`. */
export const registryOf = (effect) => ({
  [FOUR_STEPS.type]: {
    plan: FOUR_STEPS,
    steps: Object.fromEntries(NAMES.map((name) => [name, effect])),
    compensations: {},
    timeoutMs: 600_000,
  },
});
