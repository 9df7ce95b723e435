import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { uuidv7 } from 'uuidv7';

// Process ids mean something only among those who see the same ones: one boot of one machine, one namespace of it.
const machine = nameOfMachine();

/** A name for a worker of this process, by which its neighbours can tell whether it is still there. */
export function nameWorker(): string {
  return `${machine ?? 'somewhere'}-${process.pid}-${uuidv7().slice(-12)}`;
}

/** Whether the process of this worker has certainly ended. False for workers of other machines. */
export function hasEnded(worker: string): boolean {
  const [where, pid] = worker.split('-');
  if (machine === null || where !== machine || !Number.isSafeInteger(Number(pid))) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Null where the system does not say which boot and namespace this is: then nobody is a neighbour. */
function nameOfMachine(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const facts = [hostname(), boot, readlinkSync('/proc/self/ns/pid')];
    return createHash('sha256').update(facts.join(' ')).digest('hex').slice(0, 12);
  } catch {
    return null;
  }
}
