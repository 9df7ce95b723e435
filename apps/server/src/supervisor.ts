/** What `npm start` (scripts/lib/supervise.mjs) is told by the server it runs. */
type Message = 'ready' | 'misconfigured';

/** Does nothing if nobody listens: the server also runs by itself, and under supervisors of the system. */
export async function notifySupervisor(message: Message): Promise<void> {
  const { connected } = process;
  if (!connected) return;
  await new Promise<void>((resolve) => process.send?.(message, () => resolve()));
}

/** Calls `end` once the process that started this one is gone, however it ended: it cannot pass on signals any more. */
export function onSupervisorGone(end: () => void): void {
  if (process.send === undefined) return;
  if (process.connected) process.once('disconnect', end);
  else end();
}
