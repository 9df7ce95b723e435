// Loading everything takes part of a second, in which Ctrl-C is as welcome as later.
const leave = (): never => process.exit(0);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave);

const { runServer } = await import('./run-server.js');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave);
await runServer();

export {};
