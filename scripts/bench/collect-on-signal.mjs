/**
 * `node --import <this>`: collects garbage on SIGUSR2 and prints `rss <MB> heap <MB>` on standard output. What V8 has not
 * collected yet because nothing pressed it is not memory that was kept.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
  // Finalizers run after a collection, and what they release goes with the next one.
  collect();
  setTimeout(() => {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const [resident, heap] = [rss, heapUsed].map((bytes) => (bytes / 2 ** 20).toFixed(1));
    process.stdout.write(`rss ${resident} heap ${heap}\n`);
  }, 500);
});
