/**
 * Breaks a run on purpose, for tests: `FAULT=<operation>.<step>.<before|after>:<kill|throw|hang>`; a compensation is
 * `<operation>.<step>.undo.<before|after>`. Refused in production.
 */
export type Fault = (point: string) => Promise<void>;

export const NO_FAULT: Fault = () => Promise.resolve();

/** @throws RangeError for a value that does not read like a fault, or any value in production */
export function readFault(env: Readonly<Record<string, string | undefined>>): Fault {
  const text = env['FAULT'];
  if (!text) return NO_FAULT;
  if (env['NODE_ENV'] === 'production') throw new RangeError('FAULT is refused in production');
  const match = /^([a-z0-9_.]+\.(?:before|after)):(kill|throw|hang)$/.exec(text);
  if (!match) throw new RangeError('FAULT reads <operation>.<step>[.undo].<before|after>:<kill|throw|hang>');
  const [, target, action] = match;
  return async (point) => {
    if (point !== target) return;
    if (action === 'kill') process.kill(process.pid, 'SIGKILL');
    if (action === 'throw') throw new Error(`Fault at ${point}`);
    // A killed process dies a moment later than the call returns, and a hang never ends: neither may go on from here.
    await new Promise<never>(() => undefined);
  };
}
