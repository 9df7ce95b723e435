import type { ChildProcess } from 'node:child_process';
import { killWorker } from './spawn-worker.js';

type Environment = Readonly<Record<string, string>>;

/** The worker processes of a test. */
export class Fleet {
  readonly #spawn: (env: Environment) => Promise<ChildProcess>;
  readonly #workers = new Set<ChildProcess>();
  #keepers: Promise<void>[] = [];
  #isEnding = false;

  constructor(spawn: (env: Environment) => Promise<ChildProcess>) {
    this.#spawn = spawn;
  }

  async worker(env: Environment = {}): Promise<ChildProcess> {
    const child = await this.#spawn(env);
    this.#workers.add(child);
    child.once('exit', () => this.#workers.delete(child));
    return child;
  }

  /** Keeps so many workers alive: one that dies is replaced, as whoever runs the product would have it. */
  async keep(size: number, env: Environment = {}): Promise<void> {
    await Promise.all(Array.from({ length: size }, () => this.#keepOne(env)));
  }

  /** Starts as many as are missing. */
  async fill(size: number, env: Environment = {}): Promise<void> {
    const missing = Math.max(size - this.#workers.size, 0);
    await Promise.all(Array.from({ length: missing }, () => this.worker(env)));
  }

  /** Kills them all. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all([...this.#workers].map((child) => killWorker(child)));
    await Promise.all(this.#keepers);
    await Promise.all([...this.#workers].map((child) => killWorker(child)));
    this.#keepers = [];
    this.#isEnding = false;
  }

  async #keepOne(env: Environment): Promise<void> {
    const child = await this.worker(env);
    child.once('exit', () => {
      if (this.#isEnding) return;
      // A replacement that could not start is missed by the test that waits for what it should have done.
      this.#keepers.push(this.#keepOne(env).catch(() => undefined));
    });
  }
}
