import type { EngineOptions } from '../options.js';

/** How many steps run at the same time in this process, beside the one that every run may have. */
export class StepSlots {
  readonly #perRun: number;
  readonly #perProcess: number;
  #running = 0;

  constructor(perRun: number, perProcess: number) {
    this.#perRun = perRun;
    this.#perProcess = perProcess;
  }

  /** How many more steps a run may start that has so many. At least one, if it has none. */
  room(runningOfRun: number, isOneByOne: boolean): number {
    if (runningOfRun === 0 && isOneByOne) return 1;
    if (isOneByOne) return 0;
    const free = Math.min(this.#perRun - runningOfRun, this.#perProcess - this.#running);
    return Math.max(runningOfRun === 0 ? 1 : 0, free);
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}

export function stepSlotsOf({ stepsPerRun = 8, stepsPerProcess = 32 }: EngineOptions): StepSlots {
  return new StepSlots(stepsPerRun, stepsPerProcess);
}
