import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** So many times in a row; a server that was ready for a while begins a new count. */
const MOST_RESTARTS = 8;
const STEADY_AFTER_MS = 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs the server in a process of its own, and again if it ended without having been told to: after a pause that doubles, a
 * limited number of times. It is not started again if it never got ready, or says that its configuration is wrong: that is
 * for whoever started it. Signals are passed on and its exit code becomes ours. If this process is killed, the server sees
 * its channel close and ends itself. Returns the exit code.
 */
export async function supervise(
  file,
  { say, firstPauseMs = FIRST_PAUSE_MS, mostRestarts = MOST_RESTARTS } = {},
) {
  const stopping = new AbortController();
  let child;
  const passOn = (signal) => {
    stopping.abort();
    child?.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, passOn);
  let hasEverBeenReady = false;
  try {
    for (let restarts = 0; ; restarts += 1) {
      // In our process group: what ends all of it at once, ends the server too.
      child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      const ended = await watch(child);
      if (stopping.signal.aborted || ended.code === 0) return ended.code ?? 1;
      hasEverBeenReady ||= ended.readyMs !== null;
      if (ended.isMisconfigured || !hasEverBeenReady) return ended.code ?? 1;
      if ((ended.readyMs ?? 0) > STEADY_AFTER_MS) restarts = 0;
      const why = ended.signal ?? `exit code ${ended.code}`;
      if (restarts >= mostRestarts) {
        say(`The server ended (${why}), was restarted ${restarts} times in a row, and is given up.`);
        return ended.code ?? 1;
      }
      const pauseMs = Math.min(firstPauseMs * 2 ** restarts, LONGEST_PAUSE_MS);
      say(`The server ended (${why}) and is started again in ${pauseMs / 1_000} s.`);
      child = undefined;
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return 0;
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, passOn);
  }
}

/** Waits for the end of the server, and gives what it said of itself until then. */
function watch(child) {
  return new Promise((resolve) => {
    let readyAt = 0;
    let isMisconfigured = false;
    child.on('message', (message) => {
      if (message === 'ready') readyAt = Date.now();
      if (message === 'misconfigured') isMisconfigured = true;
    });
    const end = (code, signal) =>
      resolve({ code, signal, isMisconfigured, readyMs: readyAt > 0 ? Date.now() - readyAt : null });
    child.once('error', () => end(1, null));
    child.once('exit', end);
  });
}
