import type { Database } from '@gangway/db/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What is counted, and in what steps. `Object` is every object, and coarse: connections of the pool prepare one more
 * statement now and then. What keeps a run, a stream or a request keeps dozens of them.
 */
const CLASSES = {
  Object: { constructor: Object, step: 20 },
  Promise: { constructor: Promise, step: 1 },
  AbortSignal: { constructor: AbortSignal, step: 1 },
} as const;

// Counting collects as well, but walks the whole heap for it.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export type KeptObjects = Readonly<Record<keyof typeof CLASSES, number>>;

/** What {@link countKeptObjects} returns for work that leaves nothing behind. */
export const NOTHING_KEPT: KeptObjects = { Object: 0, Promise: 0, AbortSignal: 0 };

/** A leak grows in every round; a connection that is opened meanwhile does so in one. */
const ROUNDS = 2;

/**
 * How many objects stay reachable in this process for each call of `work`, after a garbage collection: what the least
 * of the rounds adds, divided by its calls and rounded down. A round before them is not counted.
 * @param calls how many calls make a round; they run side by side
 * @param work resolves when it has ended
 */
export async function countKeptObjects(calls: number, work: () => Promise<unknown>): Promise<KeptObjects> {
  const runRound = () => Promise.all(Array.from({ length: calls }, work)).then(countAll);
  const counts = [await runRound()];
  for (let round = 0; round < ROUNDS; round += 1) counts.push(await runRound());
  const perCall = (name: keyof typeof CLASSES) => {
    const { step } = CLASSES[name];
    const added = counts.slice(1).map((count, round) => count[name] - (counts[round]?.[name] ?? 0));
    return Math.max(0, Math.floor(Math.min(...added) / calls / step) * step);
  };
  return { Object: perCall('Object'), Promise: perCall('Promise'), AbortSignal: perCall('AbortSignal') };
}

/** Prisma keeps the last hundred transactions that have ended, with what they asked: fills that list before it counts. */
export async function fillTransactionHistory(db: Pick<Database, 'inTransaction'>): Promise<void> {
  for (let index = 0; index < 100; index += 1) await db.inTransaction((tx) => tx.$queryRaw`SELECT 1`);
}

async function countAll(): Promise<KeptObjects> {
  // A collection runs finalizers, and what they release is collected by the next one.
  for (let round = 0; round < 2; round += 1) {
    collectGarbage();
    await sleep(50);
  }
  const count = (name: keyof typeof CLASSES) => queryObjects(CLASSES[name].constructor, { format: 'count' });
  return { Object: count('Object'), Promise: count('Promise'), AbortSignal: count('AbortSignal') };
}
