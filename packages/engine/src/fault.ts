/**
 * Breaks a run on purpose, for tests: `FAULT=<operation>.<step>.<before|after>:<kill|throw|hang>`; a compensation is
 * `<operation>.<step>.undo.<before|after>`. Several are separated by commas. Refused in production.
 */
export type Fault = (point: string, operationRunId: string) => Promise<void>;

export const NO_FAULT: Fault = () => Promise.resolve();

/** @throws RangeError for a value that does not read like faults, or any value in production */
export function readFault(env: Readonly<Record<string, string | undefined>>): Fault {
  const text = env['FAULT'];
  if (!text) return NO_FAULT;
  if (env['NODE_ENV'] === 'production') throw new RangeError('FAULT is refused in production');
  const actions = new Map(text.split(',').map(readOne));
  return async (point) => {
    const action = actions.get(point);
    if (action === undefined) return;
    if (action === 'kill') process.kill(process.pid, 'SIGKILL');
    if (action === 'throw') throw new Error(`Fault at ${point}`);
    // A killed process dies a moment later than the call returns, and a hang never ends: neither may go on from here.
    await new Promise<never>(() => undefined);
  };
}

function readOne(text: string): [point: string, action: string] {
  const [, point, action] = /^([a-z0-9_.]+\.(?:before|after)):(kill|throw|hang)$/.exec(text) ?? [];
  if (!point || !action)
    throw new RangeError('FAULT reads <operation>.<step>[.undo].<before|after>:<kill|throw|hang>[,…]');
  return [point, action];
}
